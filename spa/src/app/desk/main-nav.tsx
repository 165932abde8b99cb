import { NavLink } from 'react-router';

import { runsInstallation, watchesFloor } from '@/shared/api/home';
import { useMe } from '@/shared/api/use-session';

import { texts } from '../texts';
import classes from './main-nav.module.css';

/** From one of the staff’s pages to another. */
export function MainNav() {
  const me = useMe();
  if (runsInstallation(me)) {
    return (
      <nav className={classes.nav} aria-label={texts.pages}>
        <NavLink to="/desk">{texts.installation}</NavLink>
        <NavLink to="/dead-letters">{texts.deadLetters}</NavLink>
      </nav>
    );
  }

  return (
    <nav className={classes.nav} aria-label={texts.pages}>
      {watchesFloor(me) && <NavLink to="/floor">{texts.floor}</NavLink>}
      <NavLink to="/desk">{texts.desk}</NavLink>
      <NavLink to="/escalations">{texts.escalations}</NavLink>
    </nav>
  );
}
