import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect, useId } from 'react';

import { IconHandStop, IconLock, IconSend } from '@/shared/ui/icons';

import { compose, useSend } from './api';
import classes from './composer.module.css';
import { Counter } from './counter';
import { type MessageKind, useDraft, writeDraft } from './drafts';
import { longestNote, longestReply } from './limits';
import { texts } from './texts';
import { useLeaveWarning } from './use-leave-warning';

type Props = {
  conversationId: string;
  /** Whether length is counted as the phone network counts it. */
  isSms: boolean;
  canReply: boolean;
  canNote: boolean;
  stopped: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
};

/** Where a responder writes: to the texter, or a note for colleagues, never easy to confuse. */
export function Composer({ conversationId, isSms, canReply, canNote, stopped, field }: Props) {
  const send = useSend(conversationId);
  const draft = useDraft(conversationId);
  const hintId = useId();
  const replies = canReply && !stopped;
  const kind = allowedKind(draft.kind, replies, canNote);
  const limit = kind === 'note' ? longestNote : longestReply;
  const ready = draft.content.trim() !== '' && draft.content.length <= limit;
  useLeaveWarning();

  // The first key someone presses in a conversation they hold belongs to the reply.
  useEffect(() => {
    if (canReply && window.matchMedia('(hover: hover)').matches) field.current?.focus();
  }, [conversationId, canReply, field]);

  function submit() {
    if (!ready) return;
    send.mutate(compose(draft.content.trim(), kind));
    writeDraft(conversationId, { content: '', kind });
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }

  const isNote = kind === 'note';
  return (
    <form
      className={classes.composer}
      data-kind={kind}
      aria-label={texts.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {stopped && canReply && <StoppedWarning />}
      <div className={classes.box}>
        <Textarea
          ref={field}
          variant="unstyled"
          autosize
          minRows={2}
          maxRows={8}
          aria-label={isNote ? texts.noteField : texts.replyField}
          aria-describedby={hintId}
          placeholder={isNote ? texts.notePlaceholder : texts.replyPlaceholder}
          value={draft.content}
          onChange={(event) => writeDraft(conversationId, { content: event.currentTarget.value, kind })}
          onKeyDown={onKeyDown}
        />
        <div className={classes.bar}>
          {replies && canNote ? (
            <SegmentedControl
              size="xs"
              aria-label={texts.kindLabel}
              data={[
                { value: 'text', label: texts.reply },
                { value: 'note', label: texts.note },
              ]}
              value={kind}
              onChange={(value) => writeDraft(conversationId, { ...draft, kind: value === 'note' ? 'note' : 'text' })}
            />
          ) : (
            <span className={classes.only}>{isNote ? texts.note : texts.reply}</span>
          )}
          <span id={hintId} className={classes.hint}>
            {texts.hint}
          </span>
          <Counter content={draft.content} limit={limit} isSms={isSms && !isNote} />
          <Button
            type="submit"
            size="sm"
            disabled={!ready}
            className={classes.send}
            data-kind={kind}
            rightSection={isNote ? <IconLock size={16} stroke={2} aria-hidden="true" /> : <IconSend size={16} stroke={2} aria-hidden="true" />}
          >
            {isNote ? texts.addNote : texts.send}
          </Button>
        </div>
      </div>
    </form>
  );
}

function allowedKind(wanted: MessageKind, replies: boolean, notes: boolean): MessageKind {
  if (wanted === 'note' && notes) return 'note';
  return replies || !notes ? 'text' : 'note';
}

const StoppedWarning = () => (
  <div className={classes.stopped} role="alert">
    <IconHandStop size={20} stroke={1.75} aria-hidden="true" />
    <div>
      <p className={classes.stoppedTitle}>{texts.stoppedTitle}</p>
      <p>{texts.stoppedText}</p>
    </div>
  </div>
);
