import { ActionIcon, Button, Input, Select, TextInput } from '@mantine/core';

import { listOf } from '@/shared/i18n/format';
import { IconPlus, IconTrash } from '@/shared/ui/icons';
import page from '@/shared/ui/page.module.css';

import { type HeaderDraft, headerNames } from './draft';
import { texts } from './texts';
import classes from './webhooks.module.css';

type Props = {
  headers: HeaderDraft[] | null;
  /** The names of those of before, whose values nobody sees. */
  kept: string[];
  onChange: (headers: HeaderDraft[] | null) => void;
  faults: Record<string, string>;
  fault: string | undefined;
};

/** What a receiver wants to see with every call. The API takes all of them or leaves all as they are. */
export function HeaderFields({ headers, kept, onChange, faults, fault }: Props) {
  if (headers === null) {
    return (
      <Input.Wrapper label={texts.headers} labelElement="div">
        <div className={classes.kept}>
          <p className={page.facts}>{texts.headersKept(listOf(kept))}</p>
          <Button variant="default" size="sm" onClick={() => onChange(kept.map((name) => ({ name, value: '' })))}>
            {texts.headersReplace}
          </Button>
        </div>
      </Input.Wrapper>
    );
  }

  const free = headerNames.filter((name) => !headers.some((header) => header.name === name));
  const change = (index: number, part: Partial<HeaderDraft>) => onChange(headers.map((header, at) => (at === index ? { ...header, ...part } : header)));
  return (
    <Input.Wrapper label={texts.headers} labelElement="div" description={texts.headersHint} error={fault}>
      <div role="group" aria-label={texts.headers} className={classes.headers}>
        {headers.map(({ name, value }, index) => (
          <div key={name} className={classes.header}>
            <Select
              size="md"
              aria-label={texts.headerName(index + 1)}
              data={headerNames.filter((each) => each === name || free.includes(each))}
              value={name}
              onChange={(next) => next !== null && change(index, { name: next })}
            />
            <TextInput
              className={classes.value}
              aria-label={texts.headerValue(name)}
              autoComplete="off"
              spellCheck={false}
              value={value}
              error={faults[name]}
              onChange={(event) => change(index, { value: event.currentTarget.value })}
            />
            <ActionIcon size={42} aria-label={texts.headerRemove(name)} onClick={() => onChange(headers.filter((_, at) => at !== index))}>
              <IconTrash size={18} stroke={1.75} aria-hidden="true" />
            </ActionIcon>
          </div>
        ))}
        <div className={classes.kept}>
          {free[0] !== undefined && (
            <Button
              variant="default"
              size="sm"
              leftSection={<IconPlus size={16} stroke={2} aria-hidden="true" />}
              onClick={() => onChange([...headers, { name: free[0] ?? '', value: '' }])}
            >
              {texts.headerAdd}
            </Button>
          )}
          {kept.length > 0 && (
            <Button variant="subtle" size="sm" onClick={() => onChange(null)}>
              {texts.headersKeep}
            </Button>
          )}
        </div>
      </div>
    </Input.Wrapper>
  );
}
