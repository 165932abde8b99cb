import { Button, Select, Switch, Textarea } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';

import { fieldFault } from '@/shared/api/problem';
import type { TriedMessage } from '@/shared/api/types';
import page from '@/shared/ui/page.module.css';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { InlineError } from '@/shared/ui/states';

import { useTry } from './api';
import { texts } from './texts';
import classes from './triage.module.css';
import { languageWord } from './words';

const any = 'any';

/** What the rules make of a message that somebody makes up. */
export function TrySection() {
  const trial = useTry();
  const [text, setText] = useState('');
  const [language, setLanguage] = useState(any);
  const [inShadow, setInShadow] = useState(false);
  const [asked, setAsked] = useState(false);
  const missing = text.trim() === '';

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (!missing) trial.mutate({ text, language: language === any ? null : language, programId: null, inShadow });
  }

  return (
    <section className={page.section} aria-labelledby="try-rules">
      <h2 id="try-rules">{texts.tryTitle}</h2>
      <p className={page.facts}>{texts.tryAbout}</p>
      <form className={classes.form} onSubmit={submit} noValidate autoComplete="off">
        <Textarea
          label={texts.tryText}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={16_000}
          value={text}
          error={asked && missing ? texts.tryMissing : fieldFault(trial.error, 'text')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={classes.how}>
          <Select
            size="md"
            label={texts.language}
            data={[{ value: any, label: texts.tryAnyLanguage }, ...Object.entries(texts.languages).map(([value, label]) => ({ value, label }))]}
            value={language}
            onChange={(value) => setLanguage(value ?? any)}
          />
          <Switch label={texts.tryShadow} checked={inShadow} onChange={(event) => setInShadow(event.currentTarget.checked)} />
          <Button type="submit" loading={trial.isPending}>
            {texts.tryGo}
          </Button>
        </div>
      </form>
      <div role="status">{trial.data !== undefined && <Tried found={trial.data} text={trial.variables.text} />}</div>
      <InlineError error={trial.error} />
    </section>
  );
}

function Tried({ found, text }: { found: TriedMessage; text: string }) {
  return (
    <div className={classes.tried}>
      {found.level === 'none' ? <p>{texts.tryNone}</p> : <RiskBadge level={found.level} />}
      {found.reasons.length > 0 && (
        <>
          <p className={classes.message} aria-label={texts.tryWords}>
            {marked(text, found.reasons)}
          </p>
          <ul className={classes.reasons} aria-label={texts.tryRules}>
            {found.reasons.map((reason) => (
              <li key={`${reason.rule} ${reason.start}`}>
                <RiskBadge level={reason.level} />
                <span className={page.mono}>{reason.rule}</span>
                <q>{reason.phrase}</q>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={page.facts}>{texts.tryRead(found.version, found.language == null ? texts.tryNoLanguage : languageWord(found.language))}</p>
    </div>
  );
}

/** The message with the words that rules have spoken of; places may overlap. */
function marked(text: string, reasons: TriedMessage['reasons']) {
  const spoken = new Set(reasons.flatMap(({ start, length }) => Array.from({ length }, (_, at) => start + at)));
  const parts: { at: number; words: string; on: boolean }[] = [];
  for (let at = 0; at < text.length; at++) {
    const last = parts.at(-1);
    if (last?.on === spoken.has(at)) last.words += text.charAt(at);
    else parts.push({ at, words: text.charAt(at), on: spoken.has(at) });
  }
  return parts.map(({ at, words, on }) => (on ? <mark key={at}>{words}</mark> : words));
}
