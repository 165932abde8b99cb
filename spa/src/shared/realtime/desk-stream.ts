import { authorizedFetch } from '@/shared/api/client';

import { readEvent, type DeskEvent } from './apply-event';
import { backoffMs } from './backoff';
import { createEventStreamParser } from './parse-event-stream';

export type LiveStatus = 'connecting' | 'live' | 'reconnecting';

type Listener = {
  onEvent: (event: DeskEvent) => void;
  onStatus: (status: LiveStatus) => void;
  /** The stream is there: before it, or in the gap since it was, anything may have happened. */
  onLive: () => void;
};

/** The server pings every 15 s; two missed ones mean that nobody is there any more. */
const silenceMs = 40_000;

/** Holds the desk's event stream open until told to stop. */
export function openDeskStream({ onEvent, onStatus, onLive }: Listener): () => void {
  const stopped = new AbortController();
  let failures = 0;

  const nudge = () => {
    wake?.();
  };
  let wake: (() => void) | null = null;

  async function listen() {
    const connection = new AbortController();
    const hangUp = () => {
      connection.abort();
    };
    stopped.signal.addEventListener('abort', hangUp);
    let silence = setTimeout(hangUp, silenceMs);
    try {
      const response = await authorizedFetch(
        new Request(new URL('/api/desk/stream', window.location.origin), {
          headers: { Accept: 'text/event-stream' },
          signal: connection.signal,
        }),
      );
      if (!response.ok || response.body === null) return;

      onStatus('live');
      onLive();
      failures = 0;

      const parse = createEventStreamParser(({ data }) => {
        const event = readEvent(data);
        if (event !== null) onEvent(event);
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(silence);
        silence = setTimeout(hangUp, silenceMs);
        parse(value);
      }
    } finally {
      clearTimeout(silence);
      stopped.signal.removeEventListener('abort', hangUp);
    }
  }

  async function run() {
    onStatus('connecting');
    window.addEventListener('online', nudge);
    while (!stopped.signal.aborted) {
      // However a connection ends, what follows is the same: wait a little, then try again.
      await listen().catch(() => undefined);
      if (isStopped()) break;
      onStatus('reconnecting');
      await pause(backoffMs(failures++));
    }
    window.removeEventListener('online', nudge);
  }

  const isStopped = () => stopped.signal.aborted;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  void run();
  return () => {
    stopped.abort();
    wake?.();
  };
}
