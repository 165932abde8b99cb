import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { ApiKey } from '@/shared/api/types';
import { ago, recordTime } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';
import { IconKey, IconPlus } from '@/shared/ui/icons';
import { Listing } from '@/shared/ui/listing';
import { PageHead } from '@/shared/ui/page-head';
import page from '@/shared/ui/page.module.css';
import { EmptyState } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';
import { useTitle } from '@/shared/ui/use-title';

import { apiKeysQuery } from './api';
import { ChangeKeyDialog, EndKeyDialog, MakeKeyDialog } from './key-dialogs';
import { texts } from './texts';

const soonMs = 14 * 24 * 3_600_000;

type Open = { name: 'make' } | { name: 'change'; id: string } | { name: 'end'; key: ApiKey };

/** The keys with which partners' programs call the API. */
export function ApiKeysPage() {
  useTitle(texts.title);
  const apiKeys = useInfiniteQuery(apiKeysQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);

  return (
    <>
      <PageHead
        title={texts.title}
        about={texts.about}
        action={
          <Button leftSection={<IconPlus size={18} stroke={2} aria-hidden="true" />} onClick={() => setOpen({ name: 'make' })}>
            {texts.make}
          </Button>
        }
      />
      <Listing
        of={apiKeys}
        label={texts.title}
        empty={
          <EmptyState title={texts.emptyTitle} icon={<IconKey size={26} stroke={1.6} aria-hidden="true" />}>
            {texts.emptyText}
          </EmptyState>
        }
      >
        {(key) => (
          <Row key={key.id} apiKey={key} onChange={() => setOpen({ name: 'change', id: key.id })} onEnd={() => setOpen({ name: 'end', key })} />
        )}
      </Listing>
      {open?.name === 'make' && <MakeKeyDialog onClose={close} />}
      {open?.name === 'change' && <ChangeKeyDialog id={open.id} onClose={close} />}
      {open?.name === 'end' && <EndKeyDialog apiKey={open.key} onClose={close} />}
    </>
  );
}

function Row({ apiKey, onChange, onEnd }: { apiKey: ApiKey; onChange: () => void; onEnd: () => void }) {
  const now = useMinute();
  const { name, hint, scopes, networks, expiresAt, lastUsedAt } = apiKey;
  const left = expiresAt == null ? Infinity : Date.parse(expiresAt) - now.getTime();
  return (
    <li className={page.row}>
      <div className={page.what}>
        <p className={page.name}>{name}</p>
        <p className={page.facts}>
          {[
            texts.ends(hint),
            lastUsedAt == null ? texts.neverUsed : texts.lastUsed(ago(lastUsedAt, now)),
            expiresAt == null ? texts.expiresNever : texts.expires(recordTime(expiresAt)),
          ].join(' · ')}
        </p>
        <p className={page.facts}>{networks.length === 0 ? texts.everywhere : texts.from(networks.join(', '))}</p>
      </div>
      {scopes.map((scope) => (
        <span key={scope} className={page.badge} data-tone="on">
          {wordFor(texts.scopes, scope) ?? scope}
        </span>
      ))}
      {left < soonMs && (
        <span className={page.badge} data-tone={left <= 0 ? 'danger' : 'caution'}>
          {left <= 0 ? texts.over : texts.soon}
        </span>
      )}
      <div className={page.acts}>
        <Button variant="default" size="sm" aria-label={texts.changeThis(name)} onClick={onChange}>
          {texts.change}
        </Button>
        <Button variant="default" size="sm" aria-label={texts.endThis(name)} onClick={onEnd}>
          {texts.end}
        </Button>
      </div>
    </li>
  );
}
