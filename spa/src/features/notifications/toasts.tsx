import { ActionIcon, Button, Portal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'react-router';

import type { Notification } from '@/shared/api/types';
import { timeOfDay } from '@/shared/i18n/format';
import { urgentChime } from '@/shared/ui/chime';
import { IconAlertTriangle, IconX } from '@/shared/ui/icons';
import { readFlag } from '@/shared/ui/stored-flag';

import { newestQuery } from './api';
import classes from './notifications.module.css';
import { sentenceOf, texts } from './texts';
import { dismiss, takeIn, useToasts } from './toast-store';

export const urgentSoundFlag = 'chat.sound.urgent';
const mostShown = 3;

type Props = { /** While the list itself is open, it shows them. */ hidden: boolean; onOpen: (notification: Notification) => void };

/** What cannot wait: over everything, said at once, and there until somebody has dealt with it. */
export function Toasts({ hidden, onOpen }: Props) {
  useArrivals();
  useSeen();
  const { standing, said } = useToasts();
  const [shown, rest] = [standing.slice(0, mostShown), standing.length - mostShown];

  return (
    <Portal>
      <div aria-live="assertive" className="visually-hidden">
        <span key={said.id}>{said.arrived.map(sentenceOf).join(' ')}</span>
      </div>
      {!hidden && shown.length > 0 && (
        <section className={classes.toasts} aria-label={texts.urgent}>
          {shown.map((notification) => (
            <Toast key={notification.id} notification={notification} onOpen={() => onOpen(notification)} />
          ))}
          {rest > 0 && <p className={classes.rest}>{texts.more(rest)}</p>}
        </section>
      )}
    </Portal>
  );
}

function useArrivals() {
  const { data: unread } = useQuery(newestQuery);

  useEffect(() => {
    if (unread === undefined) return;
    const arrived = takeIn(unread);
    if (arrived.length > 0 && readFlag(urgentSoundFlag, false)) urgentChime();
  }, [unread]);
}

/** Whoever has a conversation before them needs no call to it. */
function useSeen() {
  const { pathname } = useLocation();
  const { standing } = useToasts();

  useEffect(() => {
    for (const { id, conversationId } of standing) {
      if (conversationId !== null && pathname.endsWith(`/desk/${conversationId}`)) dismiss(id);
    }
  }, [pathname, standing]);
}

function Toast({ notification, onOpen }: { notification: Notification; onOpen: () => void }) {
  const sentence = sentenceOf(notification);
  return (
    <div className={classes.toast}>
      <IconAlertTriangle size={20} stroke={1.75} aria-hidden="true" />
      <p>
        {sentence} <time dateTime={notification.createdAt}>{timeOfDay(notification.createdAt)}</time>
      </p>
      <Button size="xs" onClick={onOpen} aria-label={texts.openThis(sentence)}>
        {texts.open}
      </Button>
      <ActionIcon size={28} aria-label={texts.dismissThis(sentence)} onClick={() => dismiss(notification.id)}>
        <IconX size={16} stroke={2} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}
