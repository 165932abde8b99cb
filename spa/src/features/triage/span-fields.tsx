import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { programsQuery } from '@/shared/api/programs';
import page from '@/shared/ui/page.module.css';

import { isSpan, type Span } from './api';
import { texts } from './texts';
import classes from './triage.module.css';

const all = 'all';

/** Over which days, and in which program, is counted. */
export function SpanFields({ span, onChange }: { span: Span; onChange: (span: Span) => void }) {
  const { data: programs = [] } = useQuery(programsQuery);
  return (
    <>
      <div className={page.tools} role="search">
        <TextInput type="date" label={texts.from} max={span.to} value={span.from} onChange={(event) => onChange({ ...span, from: event.currentTarget.value })} />
        <TextInput type="date" label={texts.to} min={span.from} value={span.to} onChange={(event) => onChange({ ...span, to: event.currentTarget.value })} />
        <Select
          size="md"
          label={texts.program}
          data={[{ value: all, label: texts.everyProgramChoice }, ...programs.map(({ id, name }) => ({ value: id, label: name }))]}
          value={span.programId ?? all}
          onChange={(program) => onChange({ ...span, programId: program === all ? null : program })}
        />
      </div>
      {!isSpan(span) && (
        <p className={classes.wrong} role="alert">
          {texts.rangeWrong}
        </p>
      )}
    </>
  );
}
