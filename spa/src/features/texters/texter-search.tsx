import { ActionIcon, Modal, Tooltip } from '@mantine/core';
import { useState } from 'react';

import { useMe } from '@/shared/api/use-session';
import { IconUserSearch } from '@/shared/ui/icons';
import { useShortcuts } from '@/shared/ui/shortcuts';

import { HistoryList } from './history-section';
import { may } from './may';
import { NumberSearch } from './number-search';
import { texts } from './texts';

/** For those who watch over the desk: who is behind a number that a caller, a colleague or the police names. */
export const TexterSearch = () => (may.search(useMe()) ? <Search /> : null);

function Search() {
  const [open, setOpen] = useState(false);
  useShortcuts({ f: () => setOpen(true) });

  return (
    <>
      <Tooltip label={texts.searchOpen}>
        <ActionIcon aria-label={texts.searchOpen} aria-keyshortcuts="f" onClick={() => setOpen(true)}>
          <IconUserSearch size={20} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Modal opened={open} onClose={() => setOpen(false)} title={texts.searchTitle} closeButtonProps={{ 'aria-label': texts.close }}>
        <NumberSearch>{(texter) => <HistoryList texterId={texter.id} onOpen={() => setOpen(false)} />}</NumberSearch>
      </Modal>
    </>
  );
}
