import { Checkbox, Radio, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { fieldFault } from '@/shared/api/problem';
import { programsQuery } from '@/shared/api/programs';
import { ErrorState, LoadingRows } from '@/shared/ui/states';

import { type AccountDraft, faultsOf } from './draft';
import classes from './people.module.css';
import { texts } from './texts';

type Props = { draft: AccountDraft; onChange: (draft: AccountDraft) => void; asked: boolean; error: unknown; isNew?: boolean; own?: boolean };

/** What an admin says of somebody who signs in. */
export function AccountFields({ draft, onChange, asked, error, isNew = false, own = false }: Props) {
  const faults = asked ? faultsOf(draft) : {};
  const change = (part: Partial<AccountDraft>) => onChange({ ...draft, ...part });

  return (
    <>
      <TextInput
        label={texts.name}
        autoComplete="off"
        value={draft.name}
        error={faults.name ?? fieldFault(error, 'name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        type="email"
        label={texts.email}
        description={texts.emailHint}
        autoComplete="off"
        value={draft.email}
        error={faults.email ?? fieldFault(error, 'email')}
        onChange={(event) => change({ email: event.currentTarget.value })}
      />
      <Radio.Group label={texts.role} value={draft.role} error={fieldFault(error, 'role')} onChange={(role) => change({ role })}>
        <Stack gap="xs" mt="xs">
          {Object.entries(texts.roles).map(([role, name]) => (
            <Radio key={role} value={role} label={name} description={texts.roleHints[role as keyof typeof texts.roleHints]} disabled={own} />
          ))}
        </Stack>
      </Radio.Group>
      {own && <p className={classes.reason}>{texts.ownRole}</p>}
      <Programs chosen={draft.programIds} error={fieldFault(error, 'programIds')} onChange={(programIds) => change({ programIds })} />
      <TextInput
        className={classes.short}
        label={texts.maxConcurrent}
        description={texts.maxConcurrentHint}
        inputMode="numeric"
        value={draft.maxConcurrent}
        error={faults.maxConcurrent ?? fieldFault(error, 'maxConcurrent')}
        onChange={(event) => change({ maxConcurrent: event.currentTarget.value })}
      />
      {!isNew && (
        <Switch
          label={texts.active}
          description={texts.activeHint}
          disabled={own}
          checked={draft.active}
          onChange={(event) => change({ active: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

function Programs({ chosen, error, onChange }: { chosen: string[]; error: string | undefined; onChange: (programIds: string[]) => void }) {
  const programs = useQuery(programsQuery);
  if (programs.data === undefined) {
    return programs.isError ? <ErrorState error={programs.error} onRetry={() => void programs.refetch()} /> : <LoadingRows rows={1} />;
  }
  if (programs.data.length === 0) return <p className={classes.reason}>{texts.noPrograms}</p>;
  return (
    <Checkbox.Group label={texts.programsLabel} description={texts.programsHint} value={chosen} error={error} onChange={onChange}>
      <div className={classes.programs}>
        {programs.data.map(({ id, name }) => (
          <Checkbox key={id} value={id} label={name} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
