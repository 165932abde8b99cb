import { Menu, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';

import { signOut } from '@/shared/api/session';
import { useMe } from '@/shared/api/use-session';
import { wordFor } from '@/shared/i18n/texts';
import { IconKey, IconLogout, IconUser } from '@/shared/ui/icons';

import classes from './account-menu.module.css';
import { ChangePasswordDialog } from './change-password-dialog';
import { texts } from './texts';

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join('');

export function AccountMenu() {
  const me = useMe();
  const [changing, setChanging] = useState(false);

  return (
    <>
      <Menu width={240}>
        <Menu.Target>
          <UnstyledButton className={classes.button} aria-label={texts.account(me.name)}>
            <span className={classes.initials} data-initials={initials(me.name)} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.who}>
            <p className={classes.name}>{me.name}</p>
            <p className={classes.detail}>{me.email}</p>
            <p className={classes.detail}>{[wordFor(texts.role, me.role) ?? me.role, me.affiliateName].filter(Boolean).join(' · ')}</p>
          </div>
          <Menu.Divider />
          <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} stroke={1.75} />}>
            {texts.accountPage}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} stroke={1.75} />} onClick={() => setChanging(true)}>
            {texts.changePassword}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.75} />} onClick={() => void signOut().catch(() => undefined)}>
            {texts.signOut}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {changing && <ChangePasswordDialog onClose={() => setChanging(false)} />}
    </>
  );
}
