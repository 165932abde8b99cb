import { Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import { useId, useState } from 'react';

import { eventGroups, eventWord } from '@/shared/i18n/event-words';
import { IconSearch } from '@/shared/ui/icons';
import page from '@/shared/ui/page.module.css';

import type { WebhookDraft } from './draft';
import { texts } from './texts';
import classes from './webhooks.module.css';

type Props = { draft: WebhookDraft; onChange: (part: Partial<WebhookDraft>) => void; fault: string | undefined };

const all = 'all';

/** What a webhook hears: everything, or events chosen by what they are about. */
export function EventPicker({ draft, onChange, fault }: Props) {
  return (
    <>
      <Radio.Group label={texts.what} value={draft.hearsAll ? all : 'some'} onChange={(value) => onChange({ hearsAll: value === all })}>
        <Stack gap="xs" mt="xs">
          <Radio value={all} label={texts.allEvents} description={texts.allEventsHint} />
          <Radio value="some" label={texts.someEvents} />
        </Stack>
      </Radio.Group>
      {!draft.hearsAll && <Chooser types={draft.types} onChange={(types) => onChange({ types })} fault={fault} />}
    </>
  );
}

type ChooserProps = { types: readonly string[]; onChange: (types: readonly string[]) => void; fault: string | undefined };

function Chooser({ types, onChange, fault }: ChooserProps) {
  const id = useId();
  const [search, setSearch] = useState('');
  const found = eventGroups.map((group) => ({ ...group, types: group.types.filter(matches(search)) })).filter((group) => group.types.length > 0);
  const set = (some: readonly string[], on: boolean) => onChange(on ? [...new Set([...types, ...some])] : types.filter((type) => !some.includes(type)));

  return (
    <div className={classes.chooser} role="group" aria-label={texts.events} {...(fault !== undefined && { 'aria-describedby': id })}>
      <TextInput
        type="search"
        aria-label={texts.search}
        placeholder={texts.search}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
        value={search}
        error={fault !== undefined}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className={classes.types}>
        {found.map((group) => (
          <Group key={group.subject} name={group.name} types={group.types} chosen={types} onSet={set} />
        ))}
        {found.length === 0 && <p className={page.facts}>{texts.noneFound}</p>}
      </div>
      {fault !== undefined && (
        <p id={id} className={classes.fault}>
          {fault}
        </p>
      )}
      <p className={page.facts} role="status">
        {texts.chosen(types.length)}
      </p>
    </div>
  );
}

const matches = (search: string) => (type: string) => {
  const wanted = search.trim().toLocaleLowerCase();
  return type.includes(wanted) || eventWord(type).toLocaleLowerCase().includes(wanted);
};

type GroupProps = { name: string; types: readonly string[]; chosen: readonly string[]; onSet: (types: readonly string[], on: boolean) => void };

function Group({ name, types, chosen, onSet }: GroupProps) {
  const count = types.filter((type) => chosen.includes(type)).length;
  return (
    <div role="group" aria-label={name}>
      <Checkbox
        className={classes.group}
        label={name}
        aria-label={texts.allOf(name)}
        checked={count === types.length}
        indeterminate={count > 0 && count < types.length}
        onChange={(event) => onSet(types, event.currentTarget.checked)}
      />
      <ul className={classes.events}>
        {types.map((type) => (
          <li key={type}>
            <Checkbox
              label={eventWord(type)}
              description={<span className={page.mono}>{type}</span>}
              checked={chosen.includes(type)}
              onChange={(event) => onSet([type], event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
