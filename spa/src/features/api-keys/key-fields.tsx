import { Checkbox, Stack, Textarea, TextInput } from '@mantine/core';

import { fieldFault } from '@/shared/api/problem';

import { faultsOf, type KeyDraft } from './draft';
import { texts } from './texts';

type Props = { draft: KeyDraft; onChange: (draft: KeyDraft) => void; asked: boolean; error: unknown };

/** What an admin says of a partner's key. */
export function KeyFields({ draft, onChange, asked, error }: Props) {
  const faults = asked ? faultsOf(draft, new Date()) : {};
  const change = (part: Partial<KeyDraft>) => onChange({ ...draft, ...part });

  return (
    <>
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        data-autofocus
        autoComplete="off"
        value={draft.name}
        error={faults.name ?? fieldFault(error, 'name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Checkbox.Group
        label={texts.scope}
        value={draft.scopes}
        error={faults.scopes ?? fieldFault(error, 'scopes')}
        onChange={(scopes) => change({ scopes })}
      >
        <Stack gap="xs" mt="xs">
          {(['conversations_read', 'configuration', 'webhooks'] as const).map((scope) => (
            <Checkbox key={scope} value={scope} label={texts.scopes[scope]} description={texts.scopeHints[scope]} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Textarea
        label={texts.networks}
        description={texts.networksHint}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        value={draft.networks}
        error={fieldFault(error, 'networks')}
        onChange={(event) => change({ networks: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={texts.expiresOn}
        description={texts.expiresHint}
        value={draft.day}
        error={faults.day ?? fieldFault(error, 'expiresAt')}
        onChange={(event) => change({ day: event.currentTarget.value })}
      />
    </>
  );
}
