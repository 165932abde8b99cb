import type { Ref } from 'react';

import { AllConversations } from '@/features/conversations/all-conversations';
import { MyConversations } from '@/features/conversations/my-conversations';
import { OffersList } from '@/features/conversations/offers-list';
import type { Take } from '@/features/queue/api';
import { QueuePanel } from '@/features/queue/queue-panel';
import { useMe } from '@/shared/api/use-session';

import { texts } from '../texts';
import classes from './desk.module.css';

type Props = { ref: Ref<HTMLElement>; openId: string | undefined; take: Take };

/** The left pane: who waits, and below that what one holds, or, for those who watch over the desk, everything. */
export function Lists({ ref, openId, take }: Props) {
  const me = useMe();
  const answers = me.role === 'responder';

  return (
    <nav className={classes.lists} data-watches={!answers} ref={ref} aria-label={texts.lists}>
      {answers && <OffersList openId={openId} />}
      <QueuePanel take={take} canTake={answers} openId={openId} />
      {answers ? <MyConversations openId={openId} /> : <AllConversations openId={openId} />}
    </nav>
  );
}
