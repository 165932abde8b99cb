import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';

import { peopleQuery } from '@/shared/api/people';
import type { Account } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { wordFor } from '@/shared/i18n/texts';
import { IconPlus, IconSearch } from '@/shared/ui/icons';
import { PageHead } from '@/shared/ui/page-head';
import page from '@/shared/ui/page.module.css';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { texts } from './texts';

const atOnce = 50;
const any = 'any';

/** Who signs in for the affiliate. */
export function PeoplePage() {
  useTitle(texts.title);
  const people = useQuery(peopleQuery);

  return (
    <>
      <PageHead
        title={texts.title}
        about={texts.about}
        action={
          <Button component={Link} to="/admin/people/new" leftSection={<IconPlus size={18} stroke={2} aria-hidden="true" />}>
            {texts.invite}
          </Button>
        }
      />
      {people.data === undefined ? (
        people.isError ? <ErrorState error={people.error} onRetry={() => void people.refetch()} /> : <LoadingRows rows={6} />
      ) : (
        <Found people={people.data} />
      )}
    </>
  );
}

function Found({ people }: { people: Account[] }) {
  const [sought, setSought] = useState('');
  const [role, setRole] = useState(any);
  const [status, setStatus] = useState(any);
  const [most, setMost] = useState(atOnce);
  const words = sought.trim().toLocaleLowerCase();
  const found = people
    .filter((person) => (role === any || person.role === role) && (status === any || person.status === status))
    .filter(({ name, email }) => name.toLocaleLowerCase().includes(words) || email.toLocaleLowerCase().includes(words))
    .sort((one, other) => one.name.localeCompare(other.name));

  return (
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
        <Select size="md" label={texts.role} data={[{ value: any, label: texts.anyRole }, ...choices(texts.roles)]} value={role} onChange={(value) => setRole(value ?? any)} />
        <Select
          size="md"
          label={texts.status}
          data={[{ value: any, label: texts.anyStatus }, ...choices(texts.statuses)]}
          value={status}
          onChange={(value) => setStatus(value ?? any)}
        />
      </div>
      <p className={page.count} role="status">
        {texts.count(found.length, people.length)}
      </p>
      {found.length === 0 ? (
        <EmptyState title={texts.noneTitle}>{texts.noneText}</EmptyState>
      ) : (
        <ul className={page.list} aria-label={texts.title}>
          {found.slice(0, most).map((person) => (
            <Row key={person.id} person={person} />
          ))}
        </ul>
      )}
      {found.length > most && (
        <Button className={page.more} variant="default" onClick={() => setMost(most + atOnce)}>
          {texts.showMore}
        </Button>
      )}
    </>
  );
}

const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

function Row({ person }: { person: Account }) {
  const me = useMe();
  const facts = [person.email, ...(person.role === 'responder' ? [texts.programs(person.programIds.length), texts.atOnce(person.maxConcurrent)] : [])];
  return (
    <li>
      <Link className={page.row} to={`/admin/people/${person.id}`}>
        <span className={page.what}>
          <span className={page.name}>{person.unreadable ? texts.unreadable : person.name}</span>
          <br />
          <span className={page.facts}>{facts.join(' · ')}</span>
        </span>
        {person.id === me.id && (
          <span className={page.badge} data-tone="on">
            {texts.you}
          </span>
        )}
        <span className={page.badge}>{wordFor(texts.roles, person.role) ?? person.role}</span>
        {person.status !== 'active' && (
          <span className={page.badge} data-tone="caution">
            {wordFor(texts.statuses, person.status) ?? person.status}
          </span>
        )}
      </Link>
    </li>
  );
}
