import { type RefObject, useEffect, useRef } from 'react';

/** Escape dismisses what is open; a press or the focus elsewhere leaves it. What opened it may close it itself. */
export function useLeaving(panel: RefObject<HTMLElement | null>, onClose: (how: 'dismissed' | 'left') => void) {
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      latest.current('dismissed');
    };
    const onElsewhere = ({ target }: Event) => {
      if (!(target instanceof Element) || panel.current?.contains(target) === true || target.closest('[aria-haspopup="dialog"]') !== null) return;
      latest.current('left');
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('pointerdown', onElsewhere);
    document.addEventListener('focusin', onElsewhere);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('pointerdown', onElsewhere);
      document.removeEventListener('focusin', onElsewhere);
    };
  }, [panel]);
}
