import { Button, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { peopleQuery, useNames } from '@/shared/api/people';
import { fieldFault } from '@/shared/api/problem';
import type { AuditEntry } from '@/shared/api/types';
import { recordTime } from '@/shared/i18n/format';
import { Listing } from '@/shared/ui/listing';
import { PageHead } from '@/shared/ui/page-head';
import page from '@/shared/ui/page.module.css';
import { EmptyState } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { actionChoices, actionWord } from './actions';
import { type AuditFilter, auditQuery } from './api';
import classes from './audit.module.css';
import { texts } from './texts';
import { VerifySection } from './verify-section';

type Choice = { actorId: string | null; action: string | null; subject: string; from: string; to: string };

const nothing: Choice = { actorId: null, action: null, subject: '', from: '', to: '' };
const idForm = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const mostSubjects = 4;

/** Who did what, and whether that is still what was written. */
export function AuditPage() {
  useTitle(texts.title);
  const [choice, setChoice] = useState(nothing);
  const people = useQuery(peopleQuery);
  const entries = useInfiniteQuery(auditQuery(filterOf(choice)));
  const change = (part: Partial<Choice>) => setChoice({ ...choice, ...part });
  const subject = choice.subject.trim();

  return (
    <>
      <PageHead title={texts.title} about={texts.about} />
      <VerifySection />
      <div role="search" aria-label={texts.filters} className={page.tools}>
        <Select
          size="md"
          searchable
          clearable
          label={texts.who}
          placeholder={texts.anybody}
          data={(people.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={choice.actorId}
          onChange={(actorId) => change({ actorId })}
        />
        <Select
          size="md"
          searchable
          clearable
          label={texts.action}
          placeholder={texts.anything}
          data={actionChoices}
          value={choice.action}
          onChange={(action) => change({ action })}
        />
        <TextInput
          label={texts.subject}
          spellCheck={false}
          autoComplete="off"
          value={choice.subject}
          error={subject !== '' && !idForm.test(subject) ? texts.subjectWrong : fieldFault(entries.error, 'subject')}
          onChange={(event) => change({ subject: event.currentTarget.value })}
        />
        <TextInput type="date" label={texts.from} value={choice.from} onChange={(event) => change({ from: event.currentTarget.value })} />
        <TextInput
          type="date"
          label={texts.to}
          value={choice.to}
          error={choice.from !== '' && choice.to !== '' && choice.to < choice.from ? texts.toBeforeFrom : undefined}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
        <Button variant="default" size="md" onClick={() => setChoice(nothing)}>
          {texts.clear}
        </Button>
      </div>
      {people.isError && <p className={page.count}>{texts.unknownNames}</p>}
      <Listing of={entries} label={texts.entries} empty={<EmptyState title={texts.emptyTitle}>{texts.emptyText}</EmptyState>}>
        {(entry) => <Row key={entry.id} entry={entry} onSubject={(id) => change({ subject: id })} />}
      </Listing>
    </>
  );
}

/** What is half filled in narrows nothing yet. Days are the browser's own. */
function filterOf({ actorId, action, subject, from, to }: Choice): AuditFilter {
  const id = subject.trim();
  const turned = from !== '' && to !== '' && to < from;
  return {
    actorId,
    action,
    subject: idForm.test(id) ? id.toLowerCase() : null,
    from: from === '' ? null : new Date(`${from}T00:00:00`).toISOString(),
    to: to === '' || turned ? null : new Date(`${to}T23:59:59.999`).toISOString(),
  };
}

function Row({ entry, onSubject }: { entry: AuditEntry; onSubject: (id: string) => void }) {
  const names = useNames();
  const { actorId, subjects } = entry;
  const who = actorId == null ? texts.platform : (names(actorId) ?? texts.unknownPerson);
  const others = subjects.filter((id) => id !== actorId || subjects.length > 1);
  return (
    <li className={page.row}>
      <time className={page.time} dateTime={entry.at}>
        {recordTime(entry.at)}
      </time>
      <div className={page.what}>
        <p>
          <span className={page.name}>{actionWord(entry.action)}</span>
          <span className={page.facts} title={actorId ?? undefined}>
            {' · '}
            {who}
          </span>
        </p>
        {others.length > 0 && (
          <div className={classes.subjects}>
            <span className={page.facts}>{texts.subjects}</span>
            {others.slice(0, mostSubjects).map((id) => (
              <button key={id} type="button" className={classes.subject} data-named={names(id) !== undefined} aria-label={texts.onlyThis(names(id) ?? id)} onClick={() => onSubject(id)}>
                {names(id) ?? id}
              </button>
            ))}
            {others.length > mostSubjects && <span className={page.facts}>{texts.more(others.length - mostSubjects)}</span>}
          </div>
        )}
        <p className={page.facts}>{texts.request(entry.requestId)}</p>
      </div>
    </li>
  );
}
