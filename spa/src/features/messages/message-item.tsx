import { Button } from '@mantine/core';
import { memo, type ReactNode } from 'react';

import type { Message } from '@/shared/api/types';
import { fullTime, timeOfDay } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';
import { IconEyeOff, IconLock, IconPaperclip } from '@/shared/ui/icons';

import { DeliveryState } from './delivery-state';
import { MarkedText } from './marked-text';
import type { Mark } from './marks';
import classes from './message.module.css';
import { texts } from './texts';

type Look = 'inbound' | 'outbound' | 'system' | 'note';

const lookOf = ({ direction, kind }: Message): Look => {
  if (kind === 'note' || direction === 'internal') return 'note';
  return direction === 'inbound' || direction === 'system' ? direction : 'outbound';
};

type Props = {
  message: Message;
  mine: boolean;
  startsGroup: boolean;
  marks?: readonly Mark[] | undefined;
  onSendAgain?: ((message: Message) => void) | undefined;
};

/** One thing said. */
export const MessageItem = memo(function MessageItem({ message, mine, startsGroup, marks, onSendAgain }: Props) {
  const look = lookOf(message);
  const outgoing = look === 'outbound' || look === 'system';
  const who = speaker(look, message, mine);

  return (
    <Bubble look={look} who={who} startsGroup={startsGroup} meta={<Meta message={message} withDelivery={outgoing} />}>
      <Content message={message} marks={marks ?? none} />
      {message.status === 'failed' && look === 'outbound' && onSendAgain !== undefined && (
        <Button className={classes.again} size="compact-xs" variant="default" onClick={() => onSendAgain(message)}>
          {texts.sendAgain}
        </Button>
      )}
    </Bubble>
  );
});

type BubbleProps = { look: Look; who: string; startsGroup: boolean; meta: ReactNode; children: ReactNode };

/** The shape of a message, shared by those that have arrived and those on their way. */
export function Bubble({ look, who, startsGroup, meta, children }: BubbleProps) {
  return (
    <li className={classes.item} data-look={look} data-starts-group={startsGroup}>
      <p className={startsGroup ? classes.who : 'visually-hidden'}>
        {look === 'note' && <IconLock size={13} stroke={2} aria-hidden="true" />}
        {who}
        {look === 'note' && <span className={classes.staffOnly}> · {texts.staffOnly}</span>}
      </p>
      <div className={classes.bubble}>{children}</div>
      {meta}
    </li>
  );
}

function speaker(look: Look, message: Message, mine: boolean): string {
  if (look === 'inbound') return texts.texter;
  if (look === 'system') return texts.automatic;
  const name = mine ? texts.you : (message.senderName ?? texts.colleague);
  return look === 'note' ? texts.noteBy(mine ? texts.you.toLocaleLowerCase() : name) : name;
}

const none: readonly Mark[] = [];

function Content({ message, marks }: { message: Message; marks: readonly Mark[] }) {
  return (
    <>
      {message.unreadable ? (
        <p className={classes.unreadable}>
          <IconEyeOff size={16} stroke={1.75} aria-hidden="true" />
          <span>
            {texts.unreadable} <span className={classes.why}>{texts.unreadableWhy}</span>
          </span>
        </p>
      ) : (
        <p className={classes.content}>{message.content == null ? <em>{texts.noText}</em> : <MarkedText text={message.content} marks={marks} />}</p>
      )}
      {message.attachments.length > 0 && <Attachments attachments={message.attachments} />}
    </>
  );
}

function Attachments({ attachments }: { attachments: Message['attachments'] }) {
  const kinds = new Set(attachments.map(({ contentType }) => wordFor(texts.attachmentKinds, contentType.split('/')[0] ?? '') ?? texts.attachmentOther));
  return (
    <p className={classes.attachments}>
      <IconPaperclip size={15} stroke={1.75} aria-hidden="true" />
      {texts.attachments(attachments.length)} ({[...kinds].join(', ')})
    </p>
  );
}

function Meta({ message, withDelivery }: { message: Message; withDelivery: boolean }) {
  return (
    <p className={classes.meta}>
      <time dateTime={message.timestamp} title={fullTime(message.timestamp)}>
        {timeOfDay(message.timestamp)}
      </time>
      {withDelivery && <DeliveryState status={message.status} errorCode={message.errorCode} />}
    </p>
  );
}
