import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import type { Erasure, Texter } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { Copyable } from '@/shared/ui/copyable';
import { Dialog } from '@/shared/ui/dialog';
import page from '@/shared/ui/page.module.css';
import { shortMask } from '@/shared/ui/short-mask';
import { InlineError } from '@/shared/ui/states';

import { erasureQuery, useErase } from './api';
import { ProofFacts } from './proof';
import { texts } from './texts';

type Props = { texter: Texter; onErased: (proof: Erasure) => void; onClose: () => void };

/** Two steps, for there is no way back: first what goes, then a word that nobody types by mistake. */
export function EraseDialog({ texter, onErased, onClose }: Props) {
  const [sure, setSure] = useState(false);
  return (
    <Dialog title={sure ? texts.eraseSure : texts.eraseTitle} closeLabel={texts.cancel} onClose={onClose}>
      <Stack>
        <div>
          <p className={page.name}>{texter.name ?? texts.noName}</p>
          <p className={page.facts}>{texts.chosenFacts(texter.addresses.map(({ masked }) => shortMask(masked)).join(', '), texter.conversationCount)}</p>
        </div>
        {sure ? <LastStep texterId={texter.id} onErased={onErased} onClose={onClose} /> : <FirstStep onGoOn={() => setSure(true)} onClose={onClose} />}
      </Stack>
    </Dialog>
  );
}

const FirstStep = ({ onGoOn, onClose }: { onGoOn: () => void; onClose: () => void }) => (
  <>
    <Text size="sm">{texts.eraseText}</Text>
    <p className={page.notice}>{texts.eraseOnce}</p>
    <Text size="sm">{texts.eraseExport}</Text>
    <Group justify="flex-end">
      <Button variant="default" data-autofocus onClick={onClose}>
        {texts.cancel}
      </Button>
      <Button color="red" onClick={onGoOn}>
        {texts.goOn}
      </Button>
    </Group>
  </>
);

function LastStep({ texterId, onErased, onClose }: { texterId: string; onErased: (proof: Erasure) => void; onClose: () => void }) {
  const erase = useErase(texterId);
  const [word, setWord] = useState('');
  const [asked, setAsked] = useState(false);
  const typed = word.trim() === texts.eraseWord;

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (!typed) return;
    erase.mutate(undefined, {
      onSuccess: (proof) => {
        announce(texts.erased);
        onErased(proof);
      },
    });
  }

  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack>
        <TextInput
          label={texts.eraseType(texts.eraseWord)}
          ref={focusOnce}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={word}
          error={asked && !typed ? texts.eraseTypeWrong(texts.eraseWord) : undefined}
          onChange={(event) => setWord(event.currentTarget.value)}
        />
        <InlineError error={erase.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" color="red" loading={erase.isPending}>
            {texts.eraseConfirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The button that led here is gone, and the focus with it. */
const focusOnce = (field: HTMLInputElement | null) => field?.focus();

/** What there is to keep, or to hand to whoever asked. */
export function ProofDialog({ proof: first, onClose }: { proof: Erasure; onClose: () => void }) {
  const { data: proof } = useQuery(erasureQuery(first));
  return (
    <Dialog title={texts.proofTitle} closeLabel={texts.close} onClose={onClose} wide>
      <Stack>
        <ProofFacts proof={proof} />
        <Copyable label={texts.copyProof} value={JSON.stringify(proof)} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{texts.close}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
