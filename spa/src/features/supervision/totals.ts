import type { Overview } from '@/shared/api/types';

const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);

/** The whole floor in five numbers. People are counted once, in however many programs they answer. */
export function totalsOf({ programs, people, escalations }: Overview) {
  return {
    waiting: sum(programs.map((program) => program.waiting)),
    inDanger: sum(programs.map((program) => program.waitingInDanger)),
    underway: sum(programs.map((program) => program.underway)),
    available: people.filter((person) => person.presence === 'available').length,
    unacknowledged: escalations.filter((escalation) => !escalation.acknowledged).length,
  };
}
