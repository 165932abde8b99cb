import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';

import { announce } from '@/shared/ui/announcer';
import { InlineError } from '@/shared/ui/states';

import { type TaggedSurvey, useDeleteSurvey } from './api';
import { texts } from './texts';

export function DeleteSurvey({ standing, onDeleted }: { standing: TaggedSurvey; onDeleted: () => void }) {
  const [open, setOpen] = useState(false);
  const remove = useDeleteSurvey(standing);

  function close() {
    setOpen(false);
    remove.reset();
  }

  function confirm() {
    remove.mutate(undefined, {
      onSuccess: () => {
        announce(texts.deleted);
        onDeleted();
      },
    });
  }

  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {texts.delete}
      </Button>
      <Modal opened={open} onClose={close} title={texts.deleteTitle} closeButtonProps={{ 'aria-label': texts.cancel }}>
        <Stack>
          <Text size="sm">{texts.deleteText}</Text>
          <InlineError error={remove.error} />
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={close}>
              {texts.cancel}
            </Button>
            <Button color="red" loading={remove.isPending} onClick={confirm}>
              {texts.deleteConfirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
