import { useEffect, useRef } from 'react';

import { announce } from '@/shared/ui/announcer';
import { chime } from '@/shared/ui/chime';
import { readFlag } from '@/shared/ui/stored-flag';

import { useQueue } from './api';
import { texts } from './texts';

export const soundFlag = 'chat.sound';

/** Tells of new texters in words, and in sound where that is on. Gives the number that wait, for the title. */
export function useArrivals(): number {
  const entries = useQueue().data?.entries;
  const known = useRef<Set<string> | null>(null);

  useEffect(() => {
    if (entries === undefined) return;
    const waiting = entries.map((entry) => entry.conversationId);
    const arrived = newcomers(known.current, waiting);
    known.current = new Set(waiting);
    if (arrived === 0) return;
    announce(texts.arrived(arrived));
    chimeIfWanted();
  }, [entries]);

  return entries?.length ?? 0;
}

/** The sound for whatever is new, where this browser is to make one. */
export function chimeIfWanted() {
  if (readFlag(soundFlag, false)) chime();
}

/** How many were not there before; at first sight of the queue nobody is new. */
export function newcomers(known: ReadonlySet<string> | null, now: string[]): number {
  return known === null ? 0 : now.filter((id) => !known.has(id)).length;
}
