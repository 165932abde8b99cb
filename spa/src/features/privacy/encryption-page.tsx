import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { Encryption } from '@/shared/api/types';
import { recordTime } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';
import { announce } from '@/shared/ui/announcer';
import { Confirm } from '@/shared/ui/confirm';
import { IconKey } from '@/shared/ui/icons';
import { PageHead } from '@/shared/ui/page-head';
import page from '@/shared/ui/page.module.css';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { encryptionQuery, isReplacing, useReplaceKey } from './api';
import classes from './privacy.module.css';
import { texts } from './texts';

/** The affiliate's keys, and how far a replacement has come. */
export function EncryptionPage() {
  useTitle(texts.encryptionTitle);
  const encryption = useQuery(encryptionQuery);
  const [asking, setAsking] = useState(false);
  const busy = encryption.data !== undefined && isReplacing(encryption.data);

  return (
    <>
      <PageHead
        title={texts.encryptionTitle}
        about={busy ? texts.alreadyReplacing : texts.encryptionAbout}
        action={
          <Button variant="default" disabled={busy || encryption.data === undefined} onClick={() => setAsking(true)}>
            {texts.replace}
          </Button>
        }
      />
      {encryption.data === undefined ? (
        encryption.isError ? <ErrorState error={encryption.error} onRetry={() => void encryption.refetch()} /> : <LoadingRows rows={2} />
      ) : (
        <>
          {busy && <Replacement encryption={encryption.data} />}
          <Keys encryption={encryption.data} />
        </>
      )}
      {asking && <ReplaceDialog onClose={() => setAsking(false)} />}
    </>
  );
}

function Replacement({ encryption: { keys } }: { encryption: Encryption }) {
  const all = keys.reduce((sum, { values }) => sum + values, 0);
  const left = keys.filter(({ state }) => state === 'decrypt_only').reduce((sum, { values }) => sum + values, 0);
  const preparing = keys.some(({ state }) => state === 'pending');
  const done = all === 0 ? 100 : ((all - left) / all) * 100;
  return (
    <section className={page.section} aria-labelledby="replacement">
      <h2 id="replacement">{texts.underWay}</h2>
      {!preparing && (
        <Progress.Root size="lg" className={classes.progress}>
          <Progress.Section value={done} aria-label={texts.progress} />
        </Progress.Root>
      )}
      <p className={page.facts} role="status">
        {preparing ? texts.preparing : texts.left(left, all)}
      </p>
    </section>
  );
}

function Keys({ encryption: { keys } }: { encryption: Encryption }) {
  if (keys.length === 0) {
    return (
      <EmptyState title={texts.noKeysTitle} icon={<IconKey size={26} stroke={1.6} aria-hidden="true" />}>
        {texts.noKeysText}
      </EmptyState>
    );
  }
  return (
    <ul className={page.list} aria-label={texts.keyList}>
      {keys.map(({ keyId, state, since, createdAt, masterKeyId, values }) => (
        <li key={keyId} className={page.row}>
          <div className={page.what}>
            <p className={page.mono}>{texts.key(keyId)}</p>
            <p className={page.facts}>
              {[texts.made(recordTime(createdAt)), texts.since(recordTime(since)), texts.master(masterKeyId), texts.values(values)].join(' · ')}
            </p>
          </div>
          <span className={page.badge} data-tone={state === 'active' ? 'on' : state === 'destroyed' ? undefined : 'caution'}>
            {wordFor(texts.states, state) ?? state}
          </span>
        </li>
      ))}
    </ul>
  );
}

function ReplaceDialog({ onClose }: { onClose: () => void }) {
  const replace = useReplaceKey();

  function begun() {
    announce(texts.replaceBegun);
    onClose();
  }

  return (
    <Confirm
      title={texts.replaceTitle}
      text={texts.replaceText}
      confirm={texts.replaceConfirm}
      grave={false}
      busy={replace.isPending}
      error={replace.error}
      onConfirm={() => replace.mutate(undefined, { onSuccess: begun })}
      onClose={onClose}
    />
  );
}
