import { ActionIcon, Select, Switch, Textarea } from '@mantine/core';
import type { KeyboardEvent } from 'react';

import { IconArrowDown, IconArrowUp, IconCopy, IconGripVertical, IconTrash } from '@/shared/ui/icons';

import { AnswerFields } from './answer-fields';
import type { QuestionDraft, QuestionKind } from './draft';
import classes from './form.module.css';
import { texts } from './texts';

type Props = {
  question: QuestionDraft;
  index: number;
  of: number;
  faultOf: (field: string) => string | undefined;
  dragged: boolean;
  mayCopy: boolean;
  onChange: (question: QuestionDraft) => void;
  onMove: (to: number) => void;
  onCopy: () => void;
  onRemove: () => void;
  onGrip: (held: boolean) => void;
  onDrag: (y: number) => void;
};

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

export function QuestionEditor({ question, index, of, faultOf, dragged, mayCopy, onChange, onMove, onCopy, onRemove, onGrip, onDrag }: Props) {
  const number = index + 1;

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? index - 1 : index + 1);
  }

  return (
    <li className={classes.card} data-question={question.key} data-dragged={dragged}>
      <div className={classes.bar}>
        <ActionIcon
          className={classes.grip}
          tabIndex={-1}
          aria-label={texts.drag(number)}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            onGrip(true);
          }}
          onPointerMove={(event) => {
            if (dragged) onDrag(event.clientY);
          }}
          onPointerUp={() => onGrip(false)}
          onPointerCancel={() => onGrip(false)}
        >
          <IconGripVertical {...icon} />
        </ActionIcon>
        <h3 className={classes.number}>{texts.question(number)}</h3>
        <ActionIcon aria-label={texts.up(number)} aria-disabled={index === 0} data-disabled={index === 0 || undefined} onClick={() => onMove(index - 1)}>
          <IconArrowUp {...icon} />
        </ActionIcon>
        <ActionIcon
          aria-label={texts.down(number)}
          aria-disabled={number === of}
          data-disabled={number === of || undefined}
          onClick={() => onMove(index + 1)}
        >
          <IconArrowDown {...icon} />
        </ActionIcon>
        <ActionIcon aria-label={texts.copy(number)} disabled={!mayCopy} onClick={onCopy}>
          <IconCopy {...icon} />
        </ActionIcon>
        <ActionIcon aria-label={texts.remove(number)} onClick={onRemove}>
          <IconTrash {...icon} />
        </ActionIcon>
      </div>
      <Textarea
        label={texts.text}
        autosize
        minRows={1}
        maxRows={6}
        value={question.text}
        error={faultOf(`${question.key} text`)}
        onChange={(event) => onChange({ ...question, text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <Select
        size="md"
        label={texts.kind}
        data={Object.entries(texts.kinds).map(([value, label]) => ({ value, label }))}
        value={question.kind}
        onChange={(kind) => onChange({ ...question, kind: (kind ?? 'scale') as QuestionKind })}
      />
      <AnswerFields question={question} fault={faultOf(`${question.key} options`)} onChange={onChange} />
      <Switch
        label={texts.required}
        checked={question.required}
        onChange={(event) => onChange({ ...question, required: event.currentTarget.checked })}
      />
    </li>
  );
}
