import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';

import { texts } from './texts';

/** Asks before a half-written survey is lost, to another page here as to one elsewhere. */
export function LeaveGuard({ active }: { active: boolean }) {
  const blocker = useBlocker(active);

  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [active]);

  if (blocker.state !== 'blocked') return null;
  return (
    <Modal opened onClose={blocker.reset} title={texts.leaveTitle} closeButtonProps={{ 'aria-label': texts.leaveStay }}>
      <Stack>
        <Text size="sm">{texts.leaveText}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={blocker.proceed}>
            {texts.leaveGo}
          </Button>
          <Button data-autofocus onClick={blocker.reset}>
            {texts.leaveStay}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
