import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, useMemo, useState } from 'react';

import type { Texter, TexterNote } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { ago, fullTime } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { DetailSection } from '@/shared/ui/detail-section';
import { InlineError } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { useAddNote } from './api';
import { noteDraft, useTexterDraft } from './drafts';
import { may } from './may';
import classes from './notes.module.css';
import { texts } from './texts';

const longest = 16_000;
const firstLook = 3;

/** What colleagues have noted about this texter, the newest first. */
export function NotesSection({ texter }: { texter: Texter }) {
  const me = useMe();
  const [all, setAll] = useState(false);
  const notes = [...texter.notes].sort((one, other) => other.at.localeCompare(one.at));
  const older = notes.length - firstLook;

  return (
    <DetailSection title={texts.notesTitle}>
      {may.write(me) && <NoteForm texterId={texter.id} />}
      {notes.length === 0 && <p className={classes.none}>{texts.notesNone}</p>}
      <ul className={classes.notes} aria-label={texts.notesTitle}>
        {(all ? notes : notes.slice(0, firstLook)).map((note) => (
          <Note key={note.id} note={note} />
        ))}
      </ul>
      {older > 0 && (
        <Button variant="subtle" size="compact-sm" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? texts.notesFewer : texts.notesAll(older)}
        </Button>
      )}
    </DetailSection>
  );
}

function Note({ note }: { note: TexterNote }) {
  const now = useMinute();
  return (
    <li className={classes.note}>
      <p className={note.content == null ? classes.none : classes.text}>{note.content ?? texts.noteUnreadable}</p>
      <p className={classes.by} title={fullTime(note.at)}>
        {texts.planBy(note.authorName ?? texts.someone, ago(note.at, now))}
      </p>
    </li>
  );
}

function NoteForm({ texterId }: { texterId: string }) {
  const addNote = useAddNote(texterId);
  const [draft, write] = useTexterDraft(noteDraft(texterId));
  const text = draft?.text ?? '';
  const over = text.length - longest;
  // The same words sent again after a failure are the same note.
  const key = useMemo(() => ({ text, value: crypto.randomUUID() }), [text]).value;

  function add() {
    if (text.trim() === '' || over > 0 || addNote.isPending) return;
    addNote.mutate(
      { content: text.trim(), key },
      {
        onSuccess: () => {
          write(undefined);
          announce(texts.noteAdded);
        },
      },
    );
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) add();
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Textarea
        aria-label={texts.noteField}
        description={texts.notesHint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={texts.notePlaceholder}
        autosize
        minRows={1}
        maxRows={10}
        size="sm"
        value={text}
        error={over > 0 ? texts.tooLong(over) : undefined}
        readOnly={addNote.isPending}
        onChange={(event) => write({ text: event.currentTarget.value, from: null })}
        onKeyDown={onKeyDown}
      />
      <InlineError error={addNote.error} />
      {text.trim() !== '' && (
        <Button className={classes.add} type="submit" size="compact-md" loading={addNote.isPending} disabled={over > 0}>
          {texts.noteAdd}
        </Button>
      )}
    </form>
  );
}
