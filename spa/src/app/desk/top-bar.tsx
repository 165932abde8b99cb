import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from 'react-router';

import { NotificationBell } from '@/features/notifications/notification-bell';
import { PresenceControl } from '@/features/presence/presence-control';
import { SoundToggle } from '@/features/queue/sound-toggle';
import { AccountMenu } from '@/features/session/account-menu';
import { TexterSearch } from '@/features/texters/texter-search';
import { homeOf } from '@/shared/api/home';
import { useMe } from '@/shared/api/use-session';
import { BrandMark } from '@/shared/ui/brand-mark';
import { IconKeyboard } from '@/shared/ui/icons';

import { AdminLink } from '../admin/admin-link';
import { texts } from '../texts';
import { ThemeToggle } from '../theme-toggle';
import { MainNav } from './main-nav';
import classes from './top-bar.module.css';

/** Without a desk below it there is nothing to sound for and no shortcut to explain. */
export function TopBar({ onHelp }: { onHelp?: () => void }) {
  const me = useMe();
  return (
    <header className={classes.bar}>
      <Link to={homeOf(me)} className={classes.brand}>
        <BrandMark size={26} />
        {texts.product}
      </Link>
      {me.affiliateName != null && <p className={classes.affiliate}>{me.affiliateName}</p>}
      <MainNav />
      <div className={classes.tools}>
        {me.role === 'responder' && <PresenceControl />}
        <TexterSearch />
        <AdminLink />
        {onHelp !== undefined && (
          <>
            <SoundToggle />
            <Tooltip label={texts.shortcuts}>
              <ActionIcon className={classes.help} aria-label={texts.shortcuts} aria-keyshortcuts="?" onClick={onHelp}>
                <IconKeyboard size={20} stroke={1.75} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
          </>
        )}
        {me.affiliateId != null && <NotificationBell />}
        <ThemeToggle />
        <AccountMenu />
      </div>
    </header>
  );
}
