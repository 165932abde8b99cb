import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';

type Props = {
  title: string;
  closeLabel: string;
  onClose: () => void;
  wide?: boolean;
  /** Left only by a button in it, so that nothing of it is lost by mistake. */
  held?: boolean;
  children: ReactNode;
};

/** A dialog that stands while it is rendered. Where there is little room it takes the whole screen; when it goes, the focus goes back. */
export function Dialog({ title, closeLabel, onClose, wide = false, held = false, children }: Props) {
  const small = useMediaQuery('(max-width: 767px)');
  useFocusReturn();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={wide ? 'lg' : 'md'}
      fullScreen={wide && small}
      withCloseButton={!held}
      closeOnEscape={!held}
      closeOnClickOutside={!held}
      closeButtonProps={{ 'aria-label': closeLabel }}
    >
      {children}
    </Modal>
  );
}

/** To what had it before. Where that is gone, as a menu's item is and the row of what was removed, the page's content takes it. */
function useFocusReturn() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isThere = before instanceof HTMLElement && before !== document.body && before.closest('[role="menu"]') === null;
      const next = isThere ? before : null;
      // After the dialog has let go of the focus, and unless what came of it has taken it already.
      setTimeout(() => {
        if (document.activeElement === null || document.activeElement === document.body) (next?.isConnected === true ? next : content())?.focus();
      });
    },
    [before],
  );
}

const content = () => document.getElementById('conversation') ?? document.querySelector<HTMLElement>('main[tabindex]');
