import { useSyncExternalStore } from 'react';

import { currentSession, subscribeToSession } from './session';
import type { User } from './types';

export const useSession = () => useSyncExternalStore(subscribeToSession, currentSession);

/** The signed-in person; only for what stands behind the sign-in. */
export function useMe(): User {
  const session = useSession();
  if (session.status !== 'signed-in') throw new Error('Nobody is signed in.');
  return session.user;
}
