import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import type { Risk } from '@/shared/api/types';
import { wordFor } from '@/shared/i18n/texts';
import { useStoredFlag } from '@/shared/ui/stored-flag';

import { riskQuery } from './api';
import { texts } from './texts';

export const marksFlag = 'mark-risk-words';

type Mark = { start: number; length: number; phrase: string; level: string; label: string };

/** The words on which the risk rests, by the message they stand in, the gravest first. Nothing for who wants none, or may not read the risk. */
export function useRiskMarks(conversationId: string): ReadonlyMap<string, readonly Mark[]> | undefined {
  const [on] = useStoredFlag(marksFlag, true);
  const { data } = useQuery(riskQuery(conversationId));
  return useMemo(() => (on && data !== undefined ? marksOf(data) : undefined), [on, data]);
}

export function marksOf({ reasons }: Risk): ReadonlyMap<string, readonly Mark[]> {
  const marks = new Map<string, Mark[]>();
  for (const { messageId, start, length, phrase, level, rule } of reasons) {
    if (phrase == null) continue;
    const label = `${wordFor(texts.levels, level) ?? level}: ${ruleWords(rule)}`;
    marks.set(messageId, [...(marks.get(messageId) ?? []), { start, length, phrase, level, label }]);
  }
  return marks;
}

/** “suicide, means in hand” for the rule `suicide.means.in_hand`. */
export function ruleWords(rule: string): string {
  const [about = rule, ...more] = rule.replaceAll('_', ' ').split('.');
  return more.length === 0 ? about : `${about}, ${more.join(' ')}`;
}
