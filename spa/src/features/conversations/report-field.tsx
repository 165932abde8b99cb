import { Group, Radio, Select, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';

import type { Report } from '@/shared/api/types';

import { texts } from './lifecycle-texts';

const longest = 4_000;

type Props = { field: Report['form']['fields'][number]; value: string; missing: boolean; onChange: (value: string) => void };

/** One of the program's own questions, asked in its kind. */
export function ReportField({ field, value, missing, onChange }: Props) {
  const shared = { label: field.label, required: field.required, error: errorOf(missing) };
  if (field.kind === 'yes_no') {
    return (
      <Radio.Group {...shared} value={value} onChange={onChange}>
        <Group mt="xs">
          <Radio value="yes" label={texts.yes} />
          <Radio value="no" label={texts.no} />
        </Group>
      </Radio.Group>
    );
  }
  if (field.kind === 'choice') {
    return (
      <Select
        {...shared}
        placeholder={texts.choose}
        data={field.options}
        value={value === '' ? null : value}
        onChange={(next) => onChange(next ?? '')}
        clearable={!field.required}
        clearButtonProps={{ 'aria-label': texts.clear(field.label) }}
      />
    );
  }
  return (
    <Textarea {...shared} autosize minRows={1} maxRows={6} maxLength={longest} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

export const errorOf = (missing: boolean): ReactNode => (missing ? texts.fieldMissing : undefined);
