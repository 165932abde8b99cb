import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import { fieldFault } from '@/shared/api/problem';
import { programsQuery } from '@/shared/api/programs';
import type { Tagged } from '@/shared/api/tagged';
import type { Phrase } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { Dialog } from '@/shared/ui/dialog';
import { SaveError } from '@/shared/ui/save-error';
import { ErrorState, LoadingRows } from '@/shared/ui/states';

import { phraseQuery, useSavePhrase } from './api';
import { cues, figureOfSpeech } from './cues';
import { texts } from './texts';
import { cueWord } from './words';

const all = 'all';

/** Writes a phrase, or rewrites one that has not been approved. */
export function PhraseDialog({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <Dialog title={id === null ? texts.writeTitle : texts.changeTitle} closeLabel={texts.cancel} onClose={onClose} wide>
      {id === null ? <Form standing={null} onReload={() => undefined} onClose={onClose} /> : <Standing id={id} onClose={onClose} />}
    </Dialog>
  );
}

function Standing({ id, onClose }: { id: string; onClose: () => void }) {
  const phrase = useQuery(phraseQuery(id));
  if (phrase.data === undefined) {
    return phrase.isError ? <ErrorState error={phrase.error} onRetry={() => void phrase.refetch()} /> : <LoadingRows rows={3} />;
  }
  return <Form key={phrase.data.etag} standing={phrase.data} onReload={() => void phrase.refetch()} onClose={onClose} />;
}

type Props = { standing: Tagged<Phrase> | null; onReload: () => void; onClose: () => void };

function Form({ standing, onReload, onClose }: Props) {
  const save = useSavePhrase(standing);
  const { data: programs = [] } = useQuery(programsQuery);
  const was = standing?.value;
  const [draft, setDraft] = useState({
    language: was?.language ?? 'en', cue: was?.cue ?? '', pattern: was?.pattern ?? '', note: was?.note ?? '', programId: was?.programId ?? all,
  });
  const [asked, setAsked] = useState(false);
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const noPattern = draft.pattern.trim() === '';

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (noPattern || draft.cue === '') return;
    const body = {
      language: draft.language,
      cue: draft.cue,
      pattern: draft.pattern.trim(),
      note: draft.note.trim() === '' ? null : draft.note.trim(),
      programId: draft.programId === all ? null : draft.programId,
      status: was?.status ?? 'draft',
    };
    save.mutate(body, {
      onSuccess: () => {
        announce(texts.saved);
        onClose();
      },
    });
  }

  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack>
        <Text size="sm" c="dimmed">
          {was === undefined ? texts.formHint : texts.rewriteHint}
        </Text>
        <TextInput
          label={texts.pattern}
          description={texts.patternHint}
          data-autofocus
          spellCheck={false}
          maxLength={200}
          value={draft.pattern}
          error={asked && noPattern ? texts.patternMissing : fieldFault(save.error, 'pattern')}
          onChange={(event) => change({ pattern: event.currentTarget.value })}
        />
        <Select
          size="md"
          searchable
          label={texts.cue}
          description={texts.cueHint}
          data={[figureOfSpeech, ...cues].map((cue) => ({ value: cue, label: cueWord(cue) }))}
          value={draft.cue === '' ? null : draft.cue}
          error={asked && draft.cue === '' ? texts.cueMissing : fieldFault(save.error, 'cue')}
          onChange={(cue) => change({ cue: cue ?? '' })}
        />
        <Select
          size="md"
          label={texts.language}
          data={Object.entries(texts.languages).map(([value, label]) => ({ value, label }))}
          value={draft.language}
          error={fieldFault(save.error, 'language')}
          onChange={(language) => change({ language: language ?? 'en' })}
        />
        <Select
          size="md"
          label={texts.countsIn}
          data={[{ value: all, label: texts.everyProgramChoice }, ...programs.map(({ id, name }) => ({ value: id, label: name }))]}
          value={draft.programId}
          error={fieldFault(save.error, 'programId')}
          onChange={(programId) => change({ programId: programId ?? all })}
        />
        <Textarea
          label={texts.note}
          description={texts.noteHint}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={1000}
          value={draft.note}
          error={fieldFault(save.error, 'note')}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <SaveError error={save.error} onReload={onReload} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {was === undefined ? texts.saveDraft : texts.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
