import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useState } from 'react';

import { announce } from '@/shared/ui/announcer';
import { Counter } from '@/shared/ui/counter';
import { IconArrowBackUp, IconHandStop, IconLock, IconMessage2Plus, IconSend } from '@/shared/ui/icons';

import { compose, useSend } from './api';
import classes from './composer.module.css';
import { type MessageKind, useDraft, writeDraft } from './drafts';
import { blanksOf, insertAtCaret, replaceAll, selectIn } from './insertion';
import { longestNote, longestReply } from './limits';
import { texts } from './texts';
import { useLeaveWarning } from './use-leave-warning';

/** Words to begin from are being chosen: what the choice does here. */
export type Choosing = {
  /** Whether what is typed next is meant for the choice. */
  typing: boolean;
  onChoose: (words: { title: string; body: string }) => void;
  onSlash: () => void;
  onClose: (how: 'dismissed' | 'left') => void;
};

type Props = {
  conversationId: string;
  /** Whether length is counted as the phone network counts it. */
  isSms: boolean;
  canReply: boolean;
  canNote: boolean;
  stopped: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Where words to begin from are chosen; they are put down here, and never sent by that. */
  canned?: (choosing: Choosing) => ReactNode;
};

/** Where a responder writes: to the texter, or a note for colleagues, never easy to confuse. */
export function Composer({ conversationId, isSms, canReply, canNote, stopped, field, canned }: Props) {
  const send = useSend(conversationId);
  const draft = useDraft(conversationId);
  const hintId = useId();
  const replies = canReply && !stopped;
  const kind = allowedKind(draft.kind, replies, canNote);
  const limit = kind === 'note' ? longestNote : longestReply;
  const ready = draft.content.trim() !== '' && draft.content.length <= limit;
  const [choosing, setChoosing] = useState<'typed' | 'pressed' | null>(null);
  const [inserted, setInserted] = useState<{ before: string; after: string } | null>(null);
  const [blanks, setBlanks] = useState<string[]>([]);
  const [askedFor, setAskedFor] = useState<string>();
  const isNote = kind === 'note';
  const unfilled = isNote ? undefined : blanks.find((blank) => draft.content.includes(blank));
  const offersCanned = canned !== undefined && !isNote;
  useLeaveWarning();

  // The first key someone presses in a conversation they hold belongs to the reply.
  useEffect(() => {
    if (canReply && window.matchMedia('(hover: hover)').matches) field.current?.focus();
  }, [conversationId, canReply, field]);

  function submit() {
    if (!ready) return;
    if (unfilled !== undefined && askedFor !== unfilled && field.current !== null) {
      setAskedFor(unfilled);
      selectIn(field.current, unfilled);
      return;
    }
    send.mutate(compose(draft.content.trim(), kind));
    writeDraft(conversationId, { content: '', kind });
    setBlanks([]);
    setAskedFor(undefined);
    field.current?.focus();
  }

  function write(content: string) {
    if (content === '/' && draft.content === '' && offersCanned) setChoosing('typed');
    else writeDraft(conversationId, { content, kind });
  }

  function stopChoosing(how: 'dismissed' | 'left') {
    setChoosing(null);
    if (how === 'dismissed') field.current?.focus();
  }

  function insert({ title, body }: { title: string; body: string }) {
    setChoosing(null);
    if (field.current === null) return;
    const before = field.current.value;
    insertAtCaret(field.current, body);
    setInserted({ before, after: field.current.value });
    setBlanks([...blanks, ...blanksOf(body)]);
    setAskedFor(undefined);
    announce(texts.cannedInserted(title));
  }

  function takeBack(before: string) {
    if (field.current === null) return;
    replaceAll(field.current, before);
    announce(texts.cannedTakenBack);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }

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
      {unfilled !== undefined && askedFor === unfilled && (
        <p className={classes.unfilled} role="alert">
          {texts.unfilled(unfilled)}
        </p>
      )}
      <div className={classes.anchor}>
        {choosing !== null && offersCanned && (
          <Canned
            from={canned}
            typing={choosing === 'typed' || window.matchMedia('(hover: hover)').matches}
            onChoose={insert}
            onSlash={() => {
              stopChoosing('dismissed');
              writeDraft(conversationId, { content: `${draft.content}/`, kind });
            }}
            onClose={stopChoosing}
          />
        )}
      </div>
      <div className={classes.box}>
        <Textarea
          ref={field}
          variant="unstyled"
          autosize
          minRows={2}
          maxRows={8}
          aria-label={isNote ? texts.noteField : texts.replyField}
          aria-describedby={hintId}
          placeholder={isNote ? texts.notePlaceholder : offersCanned ? texts.replyPlaceholderCanned : texts.replyPlaceholder}
          value={draft.content}
          onChange={(event) => write(event.currentTarget.value)}
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
          {offersCanned && (
            <Button
              variant="subtle"
              size="compact-sm"
              className={classes.canned}
              aria-label={texts.canned}
              aria-haspopup="dialog"
              aria-expanded={choosing !== null}
              onClick={() => setChoosing(choosing === null ? 'pressed' : null)}
            >
              <IconMessage2Plus size={18} stroke={1.75} aria-hidden="true" />
              <span className={classes.cannedWords}>{texts.canned}</span>
            </Button>
          )}
          {inserted !== null && inserted.after === draft.content && !isNote && (
            <Button
              variant="subtle"
              size="compact-sm"
              className={classes.takeBack}
              aria-label={texts.cannedUndoLabel}
              leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden="true" />}
              onClick={() => takeBack(inserted.before)}
            >
              {texts.cannedUndo}
            </Button>
          )}
          <span id={hintId} className={classes.hint}>
            {texts.hint}
          </span>
          <div className={classes.length}>
            <Counter content={draft.content} limit={limit} isSms={isSms && !isNote} />
          </div>
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

const Canned = ({ from, ...choosing }: Choosing & { from: (choosing: Choosing) => ReactNode }) => from(choosing);

const StoppedWarning = () => (
  <div className={classes.stopped} role="alert">
    <IconHandStop size={20} stroke={1.75} aria-hidden="true" />
    <div>
      <p className={classes.stoppedTitle}>{texts.stoppedTitle}</p>
      <p>{texts.stoppedText}</p>
    </div>
  </div>
);
