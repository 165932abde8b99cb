import { ActionIcon, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { watchesFloor } from '@/shared/api/home';
import type { Notification } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { IconBell } from '@/shared/ui/icons';

import { unreadCountQuery, useMarkRead } from './api';
import { addressOf } from './kinds';
import { NotificationPanel } from './notification-panel';
import classes from './notifications.module.css';
import { SettingsDialog } from './settings-dialog';
import { texts } from './texts';
import { dismiss } from './toast-store';
import { Toasts } from './toasts';

const mostCounted = 99;

/** What has happened that concerns someone: a number in the bar, the list behind it, and what cannot wait over everything. */
export function NotificationBell() {
  const me = useMe();
  const navigate = useNavigate();
  const { data: unread = 0 } = useQuery(unreadCountQuery);
  const markRead = useMarkRead();
  const [open, setOpen] = useState(false);
  const [choosing, setChoosing] = useState(false);

  function go(notification: Notification) {
    dismiss(notification.id);
    if (notification.readAt === null) markRead.mutate([notification.id]);
    setOpen(false);
    const address = addressOf(notification, watchesFloor(me));
    if (address !== null) void navigate(address);
  }

  return (
    <>
      <Popover opened={open} onChange={setOpen} position="bottom-end" width="min(400px, 100vw - 16px)" shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <ActionIcon
            className={classes.bell}
            aria-label={texts.bell(unread)}
            aria-haspopup="dialog"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <IconBell size={20} stroke={1.75} aria-hidden="true" />
            {unread > 0 && (
              <span className={classes.count} aria-hidden="true">
                {unread > mostCounted ? `${mostCounted}+` : unread}
              </span>
            )}
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown className={classes.dropdown}>
          <NotificationPanel
            unread={unread}
            onGo={go}
            onSettings={() => {
              setOpen(false);
              setChoosing(true);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <Toasts hidden={open} onOpen={go} />
      {choosing && <SettingsDialog onDone={() => setChoosing(false)} />}
    </>
  );
}
