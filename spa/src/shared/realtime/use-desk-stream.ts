import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { staleAfter } from './apply-event';
import { openDeskStream, type LiveStatus } from './desk-stream';
import { createStaleBatch } from './stale-batch';

/** Keeps every screen of the desk current while it is open, and says whether it can. */
export function useDeskStream(): LiveStatus {
  const cache = useQueryClient();
  const [status, setStatus] = useState<LiveStatus>('connecting');

  useEffect(() => {
    const batch = createStaleBatch(cache);
    const close = openDeskStream({
      onEvent: (event) => batch.add(staleAfter(event)),
      onStatus: setStatus,
      onResumed: () => void cache.invalidateQueries(),
    });
    return () => {
      batch.cancel();
      close();
    };
  }, [cache]);

  return status;
}
