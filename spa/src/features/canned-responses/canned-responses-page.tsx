import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { cannedResponsesQuery } from '@/shared/api/canned-responses';
import { programsQuery } from '@/shared/api/programs';
import type { CannedResponse, Program } from '@/shared/api/types';
import { locale } from '@/shared/i18n/locale';
import { IconMessage2Plus, IconPlus, IconSearch } from '@/shared/ui/icons';
import { PageHead } from '@/shared/ui/page-head';
import page from '@/shared/ui/page.module.css';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { RemoveDialog } from './remove-dialog';
import { ResponseDialog } from './response-dialog';
import { ResponseRow } from './response-row';
import classes from './canned-responses.module.css';
import { found } from './search';
import { texts } from './texts';

type Open = { name: 'write'; programId: string | null } | { name: 'change'; id: string } | { name: 'remove'; response: CannedResponse };

const any = 'any';

/** The words that an affiliate's responders begin from, by program. */
export function CannedResponsesPage() {
  useTitle(texts.title);
  const responses = useQuery(cannedResponsesQuery);
  const programs = useQuery(programsQuery);
  const [sought, setSought] = useState('');
  const [programId, setProgramId] = useState(any);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const failed = [responses, programs].find(({ data, isError }) => data === undefined && isError);

  const write = (
    <Button
      leftSection={<IconPlus size={18} stroke={2} aria-hidden="true" />}
      onClick={() => setOpen({ name: 'write', programId: programId === any ? null : programId })}
    >
      {texts.write}
    </Button>
  );

  return (
    <>
      <PageHead title={texts.title} about={texts.about} action={write} />
      {failed !== undefined ? (
        <ErrorState error={failed.error} onRetry={() => void Promise.all([responses.refetch(), programs.refetch()])} />
      ) : responses.data === undefined || programs.data === undefined ? (
        <LoadingRows rows={4} />
      ) : responses.data.length === 0 ? (
        <EmptyState title={texts.emptyTitle} icon={<IconMessage2Plus size={26} stroke={1.6} aria-hidden="true" />}>
          {texts.emptyText}
        </EmptyState>
      ) : (
        <>
          <div role="search" className={page.tools}>
            <TextInput
              className={page.wide}
              type="search"
              label={texts.search}
              leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
              value={sought}
              onChange={(event) => setSought(event.currentTarget.value)}
            />
            <Select
              size="md"
              label={texts.program}
              data={[{ value: any, label: texts.anyProgram }, ...programs.data.map(({ id, name }) => ({ value: id, label: name }))]}
              value={programId}
              onChange={(value) => setProgramId(value ?? any)}
            />
          </div>
          <Found
            responses={found(responses.data.filter((response) => programId === any || response.programId === programId), sought)}
            of={responses.data.length}
            programs={programs.data}
            onOpen={setOpen}
          />
        </>
      )}
      {open?.name === 'write' && <ResponseDialog id={null} programId={open.programId} onClose={close} />}
      {open?.name === 'change' && <ResponseDialog id={open.id} programId={null} onClose={close} />}
      {open?.name === 'remove' && <RemoveDialog response={open.response} onClose={close} />}
    </>
  );
}

type FoundProps = { responses: CannedResponse[]; of: number; programs: Program[]; onOpen: (open: Open) => void };

function Found({ responses, of, programs, onOpen }: FoundProps) {
  return (
    <>
      <p className={page.count} role="status">
        {texts.count(responses.length, of)}
      </p>
      {responses.length === 0 && <EmptyState title={texts.noneFound} />}
      {byProgram(responses, programs).map(({ id, name, items }) => (
        <section key={id} className={classes.program} aria-labelledby={`canned-${id}`}>
          <h2 id={`canned-${id}`} className={classes.programName}>
            {name}
          </h2>
          <ul className={page.list} aria-labelledby={`canned-${id}`}>
            {items.map((response) => (
              <ResponseRow
                key={response.id}
                response={response}
                onChange={() => onOpen({ name: 'change', id: response.id })}
                onRemove={() => onOpen({ name: 'remove', response })}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function byProgram(responses: CannedResponse[], programs: Program[]) {
  const names = new Map(programs.map(({ id, name }) => [id, name]));
  return [...new Set(responses.map(({ programId }) => programId))]
    .map((id) => ({ id, name: names.get(id) ?? texts.unknownProgram, items: responses.filter(({ programId }) => programId === id) }))
    .sort((one, other) => one.name.localeCompare(other.name, locale));
}
