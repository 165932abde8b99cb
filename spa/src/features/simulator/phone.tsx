import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';

import type { Demo, DemoPhone, PhoneMessage } from '@/shared/api/demo';
import { asProblem } from '@/shared/api/problem';
import { timeOfDay } from '@/shared/i18n/format';
import { IconArrowUp } from '@/shared/ui/icons';
import { InlineError } from '@/shared/ui/states';

import { isUnderway, phoneMessagesQuery, useText } from './api';
import classes from './phone.module.css';
import { texts } from './texts';

type Props = { phone: DemoPhone; address: string; keywords: Demo['keywords']; onLost: () => void };

/** +15550100000 as people read it. Numbers of other shapes are left as they are. */
const spacedNumber = (number: string) => number.replace(/^(\+1)(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3 $4');

/** A phone, drawn, as the texter holds it. */
export function Phone({ phone, address, keywords, onLost }: Props) {
  const messages = useQuery(phoneMessagesQuery(phone.id));
  const text = useText(phone.id);
  const field = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState('');
  const items = messages.data ?? [];

  // A server started afresh knows nothing of the phone this tab remembers.
  const lost = messages.isError && asProblem(messages.error).status === 404;
  useEffect(() => {
    if (lost) onLost();
  }, [lost, onLost]);

  const say = (words: string) => text.mutate({ text: words, after: items.length });
  const underway = text.isPending && isUnderway(text.variables, items) ? text.variables.text : null;

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (draft.trim() === '') return;
    say(draft.trim());
    setDraft('');
  }

  return (
    <section className={classes.phone} aria-label={texts.phone(spacedNumber(phone.number))}>
      <header className={classes.head}>
        <p>
          {texts.to} <strong>{spacedNumber(address)}</strong>
        </p>
        <p className={classes.own}>{spacedNumber(phone.number)}</p>
      </header>
      <Screen items={items} sending={underway} />
      {items.length === 0 && !text.isPending && (
        <ul className={classes.keywords} aria-label={texts.keywords}>
          {keywords.map(({ keyword, program }) => (
            <li key={keyword}>
              <button type="button" className={classes.keyword} title={texts.keyword(keyword, program)} onClick={() => say(keyword)}>
                <strong>{keyword}</strong> {program}
              </button>
            </li>
          ))}
        </ul>
      )}
      <InlineError error={text.error ?? (lost ? null : messages.error)} />
      <form className={classes.composer} onSubmit={submit}>
        <input
          ref={field}
          className={classes.field}
          aria-label={texts.field}
          placeholder={texts.placeholder}
          autoComplete="off"
          maxLength={1600}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <ActionIcon type="submit" variant="filled" color="pine" radius="xl" aria-label={texts.send} disabled={draft.trim() === ''}>
          <IconArrowUp size={20} stroke={2} aria-hidden="true" />
        </ActionIcon>
      </form>
    </section>
  );
}

function Screen({ items, sending }: { items: PhoneMessage[]; sending: string | null }) {
  const frame = useRef<HTMLDivElement>(null);
  const count = items.length;

  useLayoutEffect(() => {
    if (frame.current !== null) frame.current.scrollTop = frame.current.scrollHeight;
  }, [count, sending]);

  return (
    <div className={classes.screen} ref={frame} tabIndex={0} role="log" aria-label={texts.conversation}>
      {count === 0 && sending === null && <p className={classes.start}>{texts.start}</p>}
      <ol className={classes.list}>
        {items.map(({ id, direction, text, at }) => (
          <li key={id} className={classes.item} data-direction={direction}>
            <span className="visually-hidden">{direction === 'sent' ? texts.you : texts.them}: </span>
            <p className={classes.bubble}>{text}</p>
            <time className={classes.time} dateTime={at}>
              {timeOfDay(at)}
            </time>
          </li>
        ))}
        {sending !== null && (
          <li className={classes.item} data-direction="sent">
            <p className={classes.bubble}>{sending}</p>
            <span className={classes.time}>{texts.sending}</span>
          </li>
        )}
      </ol>
    </div>
  );
}
