import { Button, Group, Modal, Stack, Text } from '@mantine/core';

import { announce } from '@/shared/ui/announcer';
import { InlineError } from '@/shared/ui/states';

import { useSetHold } from './api';
import { texts } from './texts';

export function ReleaseDialog({ conversationId, onDone }: { conversationId: string; onDone: () => void }) {
  const setHold = useSetHold();

  function confirm() {
    setHold.mutate(
      { conversationId, reason: null },
      {
        onSuccess: () => {
          announce(texts.released);
          onDone();
        },
      },
    );
  }

  return (
    <Modal opened onClose={onDone} title={texts.releaseTitle} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <Stack>
        <Text size="sm">{texts.releaseText}</Text>
        <InlineError error={setHold.error} />
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onDone}>
            {texts.cancel}
          </Button>
          <Button color="red" loading={setHold.isPending} onClick={confirm}>
            {texts.releaseConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
