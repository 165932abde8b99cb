import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { useNames } from '@/shared/api/people';
import { programsQuery } from '@/shared/api/programs';
import type { Phrase } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { wordFor } from '@/shared/i18n/texts';
import page from '@/shared/ui/page.module.css';

import type { Act } from './act-dialog';
import { texts } from './texts';
import { cueWord, languageWord } from './words';

type Props = { phrase: Phrase; onChange: () => void; onAct: (act: Act) => void };

const tones: Record<string, string> = { approved: 'on', in_shadow: 'caution' };

/** A phrase, and what can be done with it as it stands. */
export function PhraseRow({ phrase, onChange, onAct }: Props) {
  const { pattern, status } = phrase;
  const words = pattern ?? texts.unreadable;
  const open = status === 'draft' || status === 'in_shadow';

  return (
    <li className={page.row}>
      <div className={page.what}>
        <p className={pattern == null ? page.name : page.mono}>{words}</p>
        <Facts phrase={phrase} />
        {phrase.note != null && <p className={page.facts}>{phrase.note}</p>}
      </div>
      <span className={page.badge} data-tone={tones[status]}>
        {wordFor(texts.statuses, status) ?? status}
      </span>
      <div className={page.acts}>
        {open && pattern != null && <Button variant="default" size="sm" aria-label={texts.actOn(texts.edit, words)} onClick={onChange}>{texts.edit}</Button>}
        {status === 'draft' && pattern != null && <ActButton name={texts.inShadow} words={words} onAct={() => onAct('in_shadow')} />}
        {open && pattern != null && <Approve phrase={phrase} onAct={() => onAct('approved')} />}
        {open && <ActButton name={texts.remove} words={words} onAct={() => onAct('removed')} />}
        {status === 'approved' && pattern != null && <ActButton name={texts.retire} words={words} onAct={() => onAct('retired')} />}
      </div>
    </li>
  );
}

const ActButton = ({ name, words, onAct }: { name: string; words: string; onAct: () => void }) => (
  <Button variant="default" size="sm" aria-label={texts.actOn(name, words)} onClick={onAct}>
    {name}
  </Button>
);

function Approve({ phrase, onAct }: { phrase: Phrase; onAct: () => void }) {
  const me = useMe();
  const own = phrase.writtenById === me.id;
  const reason = `own-${phrase.id}`;
  return (
    <>
      <Button
        variant="default"
        size="sm"
        disabled={own}
        aria-label={texts.actOn(texts.approve, phrase.pattern ?? '')}
        {...(own && { 'aria-describedby': reason, title: texts.ownPhrase })}
        onClick={onAct}
      >
        {texts.approve}
      </Button>
      {own && (
        <span id={reason} className="visually-hidden">
          {texts.ownPhrase}
        </span>
      )}
    </>
  );
}

function Facts({ phrase }: { phrase: Phrase }) {
  const me = useMe();
  const names = useNames();
  const { data: programs } = useQuery(programsQuery);
  const nameOf = (id: string) => (id === me.id ? texts.you : (names(id) ?? texts.somebody));
  const own = phrase.writtenById === me.id && (phrase.status === 'draft' || phrase.status === 'in_shadow');
  const facts = [
    texts.says(cueWord(phrase.cue)),
    languageWord(phrase.language),
    phrase.programId == null ? texts.everyProgram : (programs?.find(({ id }) => id === phrase.programId)?.name ?? texts.oneProgram),
    texts.writtenBy(nameOf(phrase.writtenById)),
    ...(phrase.approvedById == null ? [] : [texts.approvedBy(nameOf(phrase.approvedById))]),
  ];
  return (
    <p className={page.facts}>
      {facts.join(' · ')}
      {own && ` · ${texts.ownPhrase}`}
    </p>
  );
}
