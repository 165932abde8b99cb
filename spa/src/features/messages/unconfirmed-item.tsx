import { Button } from '@mantine/core';

import { problemText } from '@/shared/api/problem-texts';
import { IconAlertTriangle } from '@/shared/ui/icons';

import type { Unconfirmed } from './api';
import { DeliveryState } from './delivery-state';
import { Bubble } from './message-item';
import classes from './message.module.css';
import { texts } from './texts';

type Props = { unconfirmed: Unconfirmed; onSendAgain: () => void; onDiscard: () => void };

/** Something just written that the server has not confirmed, or has refused. */
export function UnconfirmedItem({ unconfirmed: { outgoing, failed, error }, onSendAgain, onDiscard }: Props) {
  const isNote = outgoing.kind === 'note';
  return (
    <Bubble
      look={isNote ? 'note' : 'outbound'}
      who={isNote ? texts.noteBy(texts.you.toLocaleLowerCase()) : texts.you}
      startsGroup={isNote}
      meta={failed ? <NotSent reason={problemText(error)} /> : <Sending />}
    >
      <p className={classes.content}>{outgoing.content}</p>
      {failed && (
        <div className={classes.choices}>
          <Button size="compact-xs" variant="default" onClick={onSendAgain}>
            {texts.sendAgain}
          </Button>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onDiscard}>
            {texts.discard}
          </Button>
        </div>
      )}
    </Bubble>
  );
}

const Sending = () => (
  <p className={classes.meta}>
    <DeliveryState status="sending" />
  </p>
);

const NotSent = ({ reason }: { reason: string }) => (
  <p className={classes.meta} role="alert">
    <span className={classes.delivery} data-status="failed">
      <IconAlertTriangle size={14} stroke={2} aria-hidden="true" />
      {texts.notSent}: {reason}
    </span>
  </p>
);
