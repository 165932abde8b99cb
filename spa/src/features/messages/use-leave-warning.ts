import { useEffect } from 'react';

import { hasUnsentDraft } from './drafts';

/** Drafts live in memory only, so closing the tab would lose one: the browser asks first. */
export function useLeaveWarning() {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (hasUnsentDraft()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
}
