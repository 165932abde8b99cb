import type { PersonOverview } from '@/shared/api/types';

export const presences = ['available', 'away', 'offline'] as const;

export type Shown = 'attention' | 'here' | 'all';

/** Whether a supervisor should look at what is with this person. */
export const needsAttention = (person: PersonOverview) =>
  person.unattended > 0 || person.escalated > 0 || (person.presence === 'offline' && person.holding > 0) || person.holding > person.maxConcurrent;

const shown: Record<Shown, (person: PersonOverview) => boolean> = {
  attention: needsAttention,
  here: (person) => person.presence !== 'offline' || needsAttention(person),
  all: () => true,
};

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Those to look at first, then by presence, then by name: a row moves when something matters about it, not with every message. */
export function arrange(people: PersonOverview[], which: Shown, sought: string): PersonOverview[] {
  const wanted = folded(sought.trim());
  const rank = (person: PersonOverview) =>
    needsAttention(person) ? 0 : 1 + Math.max(0, presences.findIndex((presence) => presence === person.presence));
  return people
    .filter((person) => (wanted === '' ? shown[which](person) : folded(person.name).includes(wanted)))
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name) || one.userId.localeCompare(other.userId));
}

export const countOf = (people: PersonOverview[], which: Shown) => people.filter(shown[which]).length;
