import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { floorStaleAfter, staleAfter } from './apply-event';
import { openDeskStream, type LiveStatus } from './desk-stream';
import { createStaleBatch, createStaleMaker } from './stale-batch';

/** The floor's counts are asked for at most this often. */
const floorMs = 2_000;

/** Keeps every screen of the desk current while it is open, and says whether it can. */
export function useDeskStream(): LiveStatus {
  const cache = useQueryClient();
  const [status, setStatus] = useState<LiveStatus>('connecting');

  useEffect(() => {
    const batch = createStaleBatch(cache);
    const floor = createStaleBatch(cache, floorMs);
    const makeStale = createStaleMaker(cache);
    const close = openDeskStream({
      onEvent: (event) => {
        batch.add(staleAfter(event));
        floor.add(floorStaleAfter(event));
      },
      onStatus: setStatus,
      onLive: () => makeStale({}),
    });
    return () => {
      batch.cancel();
      floor.cancel();
      close();
    };
  }, [cache]);

  return status;
}
