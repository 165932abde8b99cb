import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import { fieldFault } from '@/shared/api/problem';
import { programsQuery } from '@/shared/api/programs';
import type { Tagged } from '@/shared/api/tagged';
import type { CannedResponse } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { Counter } from '@/shared/ui/counter';
import { Dialog } from '@/shared/ui/dialog';
import { SaveError } from '@/shared/ui/save-error';
import { ErrorState, LoadingRows } from '@/shared/ui/states';

import { cannedResponseQuery, useSaveCannedResponse } from './api';
import classes from './canned-responses.module.css';
import { longestBody, longestTitle } from './limits';
import { texts } from './texts';

type Props = {
  id: string | null;
  /** For which program a new one is, as long as nothing else is chosen. */
  programId: string | null;
  onClose: () => void;
};

/** Writes a canned response, or changes one. */
export const ResponseDialog = ({ id, programId, onClose }: Props) => (
  <Dialog title={id === null ? texts.writeTitle : texts.changeTitle} closeLabel={texts.cancel} onClose={onClose} wide>
    {id === null ? (
      <Form standing={null} programId={programId} onReload={() => undefined} onClose={onClose} />
    ) : (
      <Standing id={id} onClose={onClose} />
    )}
  </Dialog>
);

function Standing({ id, onClose }: { id: string; onClose: () => void }) {
  const response = useQuery(cannedResponseQuery(id));
  if (response.data === undefined) {
    return response.isError ? <ErrorState error={response.error} onRetry={() => void response.refetch()} /> : <LoadingRows rows={3} />;
  }
  const { value, etag } = response.data;
  return <Form key={etag} standing={response.data} programId={value.programId} onReload={() => void response.refetch()} onClose={onClose} />;
}

type FormProps = { standing: Tagged<CannedResponse> | null; programId: string | null; onReload: () => void; onClose: () => void };

function Form({ standing, programId, onReload, onClose }: FormProps) {
  const save = useSaveCannedResponse(standing);
  const { data: programs = [] } = useQuery(programsQuery);
  const only = programs.length === 1 ? programs[0]?.id : undefined;
  const [draft, setDraft] = useState({ programId, title: standing?.value.title ?? '', body: standing?.value.body ?? '' });
  const [asked, setAsked] = useState(false);
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const chosen = draft.programId ?? only ?? null;
  const faults = asked ? faultsOf(chosen, draft.title, draft.body) : {};

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (chosen === null || Object.keys(faultsOf(chosen, draft.title, draft.body)).length > 0) return;
    save.mutate(
      { programId: chosen, title: draft.title.trim(), body: draft.body.trim() },
      {
        onSuccess: () => {
          announce(texts.saved);
          onClose();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack>
        <TextInput
          label={texts.name}
          description={texts.nameHint}
          data-autofocus
          maxLength={longestTitle}
          value={draft.title}
          error={faults.title ?? fieldFault(save.error, 'title')}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <Select
          size="md"
          label={texts.program}
          description={texts.programHint}
          data={programs.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          error={faults.programId ?? fieldFault(save.error, 'programId')}
          onChange={(value) => change({ programId: value })}
        />
        <div>
          <Textarea
            label={texts.words}
            description={texts.wordsHint}
            autosize
            minRows={4}
            maxRows={14}
            value={draft.body}
            error={faults.body ?? fieldFault(save.error, 'body')}
            onChange={(event) => change({ body: event.currentTarget.value })}
          />
          <div className={classes.length}>
            <Counter content={draft.body} limit={longestBody} isSms />
          </div>
        </div>
        <SaveError error={save.error} onReload={onReload} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {texts.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Faults = Partial<Record<'programId' | 'title' | 'body', string>>;

const faultsOf = (programId: string | null, title: string, body: string): Faults => ({
  ...(programId === null && { programId: texts.programMissing }),
  ...(title.trim() === '' && { title: texts.nameMissing }),
  ...(body.trim() === '' && { body: texts.wordsMissing }),
  ...(body.trim().length > longestBody && { body: texts.wordsLong }),
});
