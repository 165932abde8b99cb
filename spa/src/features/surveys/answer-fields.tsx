import { Button, CloseButton, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';

import { wordFor } from '@/shared/i18n/texts';

import { answersOf, limits, type QuestionDraft, withChoice } from './draft';
import classes from './form.module.css';
import { texts } from './texts';

type Props = { question: QuestionDraft; fault: string | undefined; onChange: (question: QuestionDraft) => void };

/** What a question's kind needs: the bounds of a scale, the options of a choice, and which answers raise the alarm. */
export function AnswerFields({ question, fault, onChange }: Props) {
  return (
    <>
      {question.kind === 'scale' && (
        <div className={classes.bounds}>
          <TextInput
            label={texts.lowest}
            inputMode="numeric"
            value={question.lowest}
            error={fault !== undefined}
            onChange={(event) => onChange({ ...question, lowest: event.currentTarget.value })}
          />
          <TextInput
            label={texts.highest}
            inputMode="numeric"
            value={question.highest}
            error={fault !== undefined}
            onChange={(event) => onChange({ ...question, highest: event.currentTarget.value })}
          />
        </div>
      )}
      {question.kind === 'choice' && <Options question={question} onChange={onChange} />}
      {fault !== undefined && <p className={classes.fault}>{fault}</p>}
      <Alerts question={question} onChange={onChange} />
    </>
  );
}

function Options({ question, onChange }: Omit<Props, 'fault'>) {
  const list = useRef<HTMLUListElement>(null);
  const { choices } = question;

  const focusOn = (index: number) => list.current?.querySelectorAll('input')[index]?.focus();

  function add() {
    if (choices.length >= limits.options) return;
    onChange({ ...question, choices: [...choices, ''] });
    requestAnimationFrame(() => focusOn(choices.length));
  }

  function remove(index: number) {
    onChange({ ...question, choices: choices.filter((_, place) => place !== index) });
    requestAnimationFrame(() => focusOn(Math.max(0, index - 1)));
  }

  function onKeyDown(event: KeyboardEvent, index: number) {
    if (event.key !== 'Enter') return;
    // Enter goes on to the next option instead of saving the survey.
    event.preventDefault();
    if (index + 1 < choices.length) focusOn(index + 1);
    else add();
  }

  return (
    <div>
      <p className={classes.label}>{texts.options}</p>
      <ul className={classes.options} ref={list}>
        {choices.map((choice, index) => (
          <li key={index} className={classes.option}>
            <TextInput
              aria-label={texts.option(index + 1)}
              placeholder={texts.option(index + 1)}
              size="sm"
              value={choice}
              onChange={(event) => onChange(withChoice(question, index, event.currentTarget.value))}
              onKeyDown={(event) => onKeyDown(event, index)}
            />
            <CloseButton aria-label={texts.removeOption(index + 1)} disabled={choices.length <= 2} onClick={() => remove(index)} />
          </li>
        ))}
      </ul>
      <Button variant="subtle" size="compact-sm" disabled={choices.length >= limits.options} onClick={add}>
        {texts.addOption}
      </Button>
    </div>
  );
}

const answerWords = { yes: texts.yes, no: texts.no };

function Alerts({ question, onChange }: Omit<Props, 'fault'>) {
  const answers = answersOf(question);
  if (question.kind === 'text') return <p className={classes.hint}>{texts.alertNone}</p>;
  if (answers.length === 0) return question.kind === 'scale' ? <p className={classes.hint}>{texts.alertLong}</p> : null;

  const toggle = (answer: string) =>
    onChange({
      ...question,
      alertOn: question.alertOn.includes(answer) ? question.alertOn.filter((each) => each !== answer) : [...question.alertOn, answer],
    });
  return (
    <div>
      <p className={classes.label}>{texts.alertOn}</p>
      <div className={classes.alerts} role="group" aria-label={texts.alertOn}>
        {answers.map((answer) => (
          <Button key={answer} size="compact-sm" variant="default" aria-pressed={question.alertOn.includes(answer)} onClick={() => toggle(answer)}>
            {question.kind === 'yes_no' ? wordFor(answerWords, answer) : answer}
          </Button>
        ))}
      </div>
    </div>
  );
}
