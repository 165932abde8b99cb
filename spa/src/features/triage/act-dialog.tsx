import { useQuery } from '@tanstack/react-query';

import type { Tagged } from '@/shared/api/tagged';
import type { Phrase, PhraseBody } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { Confirm } from '@/shared/ui/confirm';
import { Dialog } from '@/shared/ui/dialog';
import page from '@/shared/ui/page.module.css';
import { ErrorState, LoadingRows } from '@/shared/ui/states';

import { phraseQuery, useRemovePhrase, useSavePhrase } from './api';
import { texts } from './texts';
import { cueWord, languageWord } from './words';

export type Act = keyof typeof texts.acts;

type Props = { id: string; act: Act; onClose: () => void };

/** Shows the phrase as it stands now, and asks. */
export function ActDialog({ id, act, onClose }: Props) {
  const phrase = useQuery(phraseQuery(id));
  if (phrase.data === undefined) {
    return (
      <Dialog title={texts.acts[act].title} closeLabel={texts.cancel} onClose={onClose}>
        {phrase.isError ? <ErrorState error={phrase.error} onRetry={() => void phrase.refetch()} /> : <LoadingRows rows={2} />}
      </Dialog>
    );
  }
  return <Ask key={phrase.data.etag} standing={phrase.data} act={act} onReload={() => void phrase.refetch()} onClose={onClose} />;
}

type AskProps = { standing: Tagged<Phrase>; act: Act; onReload: () => void; onClose: () => void };

function Ask({ standing, act, onReload, onClose }: AskProps) {
  const save = useSavePhrase(standing);
  const remove = useRemovePhrase(standing);
  const { title, text, confirm, done } = texts.acts[act];
  const { value } = standing;

  function finish() {
    announce(done);
    onClose();
  }

  function confirmed() {
    if (act === 'removed') remove.mutate(undefined, { onSuccess: finish });
    else save.mutate(bodyOf(value, act), { onSuccess: finish });
  }

  return (
    <Confirm
      title={title}
      text={text}
      confirm={confirm}
      grave={act === 'removed' || act === 'retired'}
      busy={save.isPending || remove.isPending}
      error={save.error ?? remove.error}
      onConfirm={confirmed}
      onReload={onReload}
      onClose={onClose}
    >
      <div>
        <p className={page.mono}>{value.pattern ?? texts.unreadable}</p>
        <p className={page.facts}>{[texts.says(cueWord(value.cue)), languageWord(value.language)].join(' · ')}</p>
        {value.note != null && <p className={page.facts}>{value.note}</p>}
      </div>
    </Confirm>
  );
}

const bodyOf = ({ programId, language, cue, pattern, note }: Phrase, status: string): PhraseBody => ({
  programId: programId ?? null,
  language,
  cue,
  pattern: pattern ?? '',
  note: note ?? null,
  status,
});
