import type { CannedResponse } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { Confirm } from '@/shared/ui/confirm';

import { useRemoveCannedResponse } from './api';
import { texts } from './texts';

export function RemoveDialog({ response, onClose }: { response: CannedResponse; onClose: () => void }) {
  const remove = useRemoveCannedResponse(response.id);

  function removed() {
    announce(texts.removed);
    onClose();
  }

  return (
    <Confirm
      title={texts.removeTitle(response.title)}
      text={texts.removeText}
      confirm={texts.removeConfirm}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: removed })}
      onClose={onClose}
    />
  );
}
