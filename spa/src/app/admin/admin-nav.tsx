import { useState } from 'react';
import { NavLink, useLocation } from 'react-router';

import { IconChevronDown } from '@/shared/ui/icons';

import classes from './admin.module.css';
import { groups } from './groups';
import { texts } from './texts';

/** The way between the admin's pages. Where there is little room it is folded under the name of the page that is open. */
export function AdminNav() {
  const { pathname } = useLocation();
  const [openAt, setOpenAt] = useState<string | null>(null);
  // Going to a page folds it again.
  const open = openAt === pathname;
  const here = groups.flatMap(({ pages }) => pages).find(({ to, end }) => pathname === to || (end !== true && pathname.startsWith(`${to}/`)));

  return (
    <nav className={classes.nav} aria-label={texts.pages}>
      <button type="button" className={classes.fold} aria-expanded={open} aria-controls="admin-pages" onClick={() => setOpenAt(open ? null : pathname)}>
        <span>
          <span className="visually-hidden">{texts.pages}: </span>
          {here?.name ?? texts.pages}
        </span>
        <IconChevronDown size={18} stroke={1.75} aria-hidden="true" />
      </button>
      <div id="admin-pages" className={classes.groups} data-open={open}>
        {groups.map(({ id, name, pages }) => (
          <div key={id}>
            <p id={`admin-${id}`} className={classes.group}>
              {name}
            </p>
            <ul aria-labelledby={`admin-${id}`}>
              {pages.map((page) => (
                <li key={page.to}>
                  <NavLink to={page.to} end={page.end === true} className={classes.link}>
                    {page.name}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}
