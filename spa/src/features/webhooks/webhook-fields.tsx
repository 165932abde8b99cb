import { Switch, TextInput } from '@mantine/core';

import { fieldFault } from '@/shared/api/problem';
import type { Webhook } from '@/shared/api/types';
import page from '@/shared/ui/page.module.css';

import { callsAnother, faultsOf, type WebhookDraft } from './draft';
import { EventPicker } from './event-picker';
import { HeaderFields } from './header-fields';
import { texts } from './texts';

type Props = { draft: WebhookDraft; standing: Webhook | null; onChange: (draft: WebhookDraft) => void; asked: boolean; error: unknown };

/** What an admin says of a webhook. */
export function WebhookFields({ draft, standing, onChange, asked, error }: Props) {
  const faults = asked ? faultsOf(draft) : {};
  const kept = standing?.headerNames ?? [];
  const change = (part: Partial<WebhookDraft>) => onChange({ ...draft, ...part });

  return (
    <>
      <TextInput
        type="url"
        label={texts.url}
        description={texts.urlHint}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        value={draft.url}
        error={faults.url ?? fieldFault(error, 'url')}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      <EventPicker draft={draft} onChange={change} fault={faults.types ?? fieldFault(error, 'eventTypes')} />
      <HeaderFields
        headers={draft.headers}
        kept={kept}
        faults={faults.headers ?? {}}
        fault={fieldFault(error, 'headers')}
        onChange={(headers) => change({ headers })}
      />
      {standing !== null && draft.headers === null && callsAnother(standing, draft.url) && (
        <p className={page.notice} role="status">
          {texts.headersDropped}
        </p>
      )}
      <Switch
        label={texts.isActive}
        description={texts.isActiveHint}
        checked={draft.active}
        onChange={(event) => change({ active: event.currentTarget.checked })}
      />
    </>
  );
}
