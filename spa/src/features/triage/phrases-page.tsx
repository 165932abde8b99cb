import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { IconPlus } from '@/shared/ui/icons';
import { Listing } from '@/shared/ui/listing';
import { PageHead } from '@/shared/ui/page-head';
import page from '@/shared/ui/page.module.css';
import { EmptyState } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { phrasesQuery } from './api';
import { type Act, ActDialog } from './act-dialog';
import { PhraseDialog } from './phrase-dialog';
import { PhraseRow } from './phrase-row';
import { texts } from './texts';
import { TrySection } from './try-section';

type Open = { name: 'write' } | { name: 'change'; id: string } | { name: 'act'; id: string; act: Act };

const any = 'any';
const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

/** What the affiliate adds to the rules of triage, and what the rules make of a message. */
export function PhrasesPage() {
  useTitle(texts.title);
  const [status, setStatus] = useState(any);
  const [language, setLanguage] = useState(any);
  const [open, setOpen] = useState<Open | null>(null);
  const phrases = useInfiniteQuery(phrasesQuery({ status: status === any ? null : status, language: language === any ? null : language }));
  const close = () => setOpen(null);

  return (
    <>
      <PageHead
        title={texts.title}
        about={texts.about}
        action={
          <Button leftSection={<IconPlus size={18} stroke={2} aria-hidden="true" />} onClick={() => setOpen({ name: 'write' })}>
            {texts.write}
          </Button>
        }
      />
      <TrySection />
      <div className={page.tools} role="search">
        <Select
          size="md"
          label={texts.status}
          data={[{ value: any, label: texts.anyStatus }, ...choices(texts.statuses)]}
          value={status}
          onChange={(value) => setStatus(value ?? any)}
        />
        <Select
          size="md"
          label={texts.language}
          data={[{ value: any, label: texts.anyLanguage }, ...choices(texts.languages)]}
          value={language}
          onChange={(value) => setLanguage(value ?? any)}
        />
      </div>
      <Listing of={phrases} label={texts.title} empty={<EmptyState title={texts.emptyTitle}>{texts.emptyText}</EmptyState>}>
        {(phrase) => (
          <PhraseRow
            key={phrase.id}
            phrase={phrase}
            onChange={() => setOpen({ name: 'change', id: phrase.id })}
            onAct={(act) => setOpen({ name: 'act', id: phrase.id, act })}
          />
        )}
      </Listing>
      {open?.name === 'write' && <PhraseDialog id={null} onClose={close} />}
      {open?.name === 'change' && <PhraseDialog id={open.id} onClose={close} />}
      {open?.name === 'act' && <ActDialog id={open.id} act={open.act} onClose={close} />}
    </>
  );
}
