import { useEffect, useRef } from 'react';

import { readFlag } from './stored-flag';

export const shortcutsFlag = 'chat.shortcuts';

/** Shortcuts are single letters, so they must never take a letter from someone who is writing or choosing. */
function isBusy(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target;
  if (target instanceof HTMLElement) {
    if (target.isContentEditable || target.closest('input, textarea, select, [role="menu"], [role="listbox"], [role="dialog"]') !== null) return true;
  }
  return isDialogOpen();
}

const isDialogOpen = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/** Listens for single keys while the component stands. A key is what the keyboard types: `?`, not shift and slash. */
export function useShortcuts(handlers: Record<string, () => void>) {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const handle = latest.current[event.key];
      if (handle === undefined || isBusy(event)) return;
      if (event.key.length === 1 && !readFlag(shortcutsFlag, true)) return;
      event.preventDefault();
      handle();
    };
    // On the way down: a dialog that closes on Escape is gone on the way up, and the key would count twice.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}

/** For what cannot wait until someone has stopped writing: Ctrl or ⌘ with a full stop, also from within a field. */
export function useUrgentShortcut(handle: (() => void) | undefined) {
  const latest = useRef(handle);
  useEffect(() => {
    latest.current = handle;
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '.' || !(event.ctrlKey || event.metaKey) || latest.current === undefined || isDialogOpen()) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}
