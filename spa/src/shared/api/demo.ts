import { queryOptions } from '@tanstack/react-query';

import { keys } from './keys';
import { ApiProblem, problemFrom, unreachableProblem } from './problem';

// The demo's routes are no part of the public contract, so its document does not describe them.

export type Demo = {
  accounts: { role: string; name: string; email: string; password: string }[];
  keywords: { keyword: string; program: string; action: string }[];
  address: string;
};

export type DemoPhone = { id: string; number: string };

export type PhoneMessage = { id: string; direction: string; text: string; at: string; status: string };

/** The demo's accounts and number; null where the demo is switched off. */
export const demoQuery = queryOptions({
  queryKey: keys.demo,
  staleTime: Infinity,
  queryFn: async ({ signal }) => {
    try {
      return await read<Demo>('/api/demo', { signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return null;
      throw error;
    }
  },
});

export const addPhone = () => read<DemoPhone>('/api/demo/phones', { method: 'POST' });

export const listTexts = (phoneId: string, signal: AbortSignal) =>
  read<{ items: PhoneMessage[] }>(`/api/demo/phones/${phoneId}/messages`, { signal });

export async function textIn(phoneId: string, text: string) {
  await call(`/api/demo/phones/${phoneId}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
  });
}

const read = async <Body>(path: string, init: RequestInit) => (await (await call(path, init)).json()) as Body;

/** Nobody signs in on a pretend phone. */
async function call(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch((error: unknown) => {
    if (init.signal?.aborted === true) throw error;
    throw unreachableProblem();
  });
  if (!response.ok) throw await problemFrom(response);
  return response;
}
