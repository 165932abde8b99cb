import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';

import type { PersonOverview } from '@/shared/api/types';
import { ago, fullTime } from '@/shared/i18n/format';
import { Changing } from '@/shared/ui/changing';
import { IconSearch } from '@/shared/ui/icons';
import { PanelHeader } from '@/shared/ui/panel-header';
import { EmptyState } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import classes from './floor.module.css';
import { arrange, countOf, needsAttention, type Shown } from './people';
import { presenceWord, texts } from './texts';

const choices: Shown[] = ['attention', 'here', 'all'];

/** Who answers: who is there, with how much, and with whom something is amiss. */
export function PeopleList({ people, openId }: { people: PersonOverview[]; openId: string | null }) {
  const [which, setWhich] = useState<Shown>('here');
  const [sought, setSought] = useState('');
  const arranged = arrange(people, which, sought);

  return (
    <section className={classes.card} aria-labelledby="people-title">
      <PanelHeader id="people-title" title={texts.people} count={String(people.length)} spokenCount={texts.peopleCount(people.length)} />
      {people.length === 0 ? (
        <EmptyState title={texts.noPeopleTitle}>{texts.noPeopleText}</EmptyState>
      ) : (
        <>
          <div className={classes.tools}>
            <SegmentedControl
              size="xs"
              aria-label={texts.peopleFilter}
              data={choices.map((choice) => ({ value: choice, label: texts.show[choice](countOf(people, choice)) }))}
              value={which}
              onChange={(value) => setWhich(choices.find((choice) => choice === value) ?? 'here')}
            />
            <TextInput
              size="xs"
              type="search"
              aria-label={texts.find}
              placeholder={texts.find}
              leftSection={<IconSearch size={15} stroke={1.75} aria-hidden="true" />}
              value={sought}
              onChange={(event) => setSought(event.currentTarget.value)}
            />
          </div>
          {arranged.length === 0 ? (
            <EmptyState title={texts.nobodyTitle}>{texts.nobodyText[sought.trim() === '' ? which : 'all']}</EmptyState>
          ) : (
            <ul className={classes.rows} aria-label={texts.peopleList}>
              {arranged.map((person) => (
                <PersonRow key={person.userId} person={person} open={person.userId === openId} />
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

function PersonRow({ person, open }: { person: PersonOverview; open: boolean }) {
  return (
    <li>
      <Link
        className={classes.row}
        to={`/floor?person=${person.userId}`}
        aria-current={open ? 'true' : undefined}
        data-attention={needsAttention(person)}
      >
        <PresenceDot presence={person.presence} />
        <span className={classes.rowMain}>
          <span className={classes.rowHead}>
            <span className={classes.name}>{person.name}</span>
            <Load holding={person.holding} most={person.maxConcurrent} />
          </span>
          <PersonStanding person={person} />
        </span>
      </Link>
    </li>
  );
}

const PresenceDot = ({ presence }: { presence: string }) => <span className={classes.dot} data-presence={presence} aria-hidden="true" />;

function Load({ holding, most }: { holding: number; most: number }) {
  return (
    <span className={classes.load} data-over={holding > most}>
      <span aria-hidden="true">
        <Changing value={holding}>
          {holding}/{most}
        </Changing>
      </span>
      <span className="visually-hidden">{texts.holding(holding, most)}</span>
    </span>
  );
}

/** A person’s presence and what is amiss, in words. */
export function PersonStanding({ person }: { person: PersonOverview }) {
  const now = useMinute();
  const { presence, lastSeenAt, holding, escalated, unattended, unanswered } = person;

  return (
    <span className={classes.rowAbout}>
      <Changing value={presence}>{presenceWord(presence)}</Changing>
      {presence !== 'available' && (
        <span>
          {lastSeenAt == null ? texts.neverSeen : <time dateTime={lastSeenAt} title={fullTime(lastSeenAt)}>{texts.lastSeen(ago(lastSeenAt, now))}</time>}
        </span>
      )}
      {presence === 'offline' && holding > 0 && <span className={classes.danger}>{texts.leftAlone(holding)}</span>}
      {escalated > 0 && <span className={classes.danger}>{texts.escalated(escalated)}</span>}
      {unattended > 0 && <span className={classes.danger}>{texts.unattended(unattended)}</span>}
      {unanswered > 0 && <span className={classes.caution}>{texts.unanswered(unanswered)}</span>}
    </span>
  );
}
