import { Button } from '@mantine/core';
import { useRef, useState } from 'react';

import { announce } from '@/shared/ui/announcer';
import { IconPlus } from '@/shared/ui/icons';

import { limits, moved, newQuestion, type QuestionDraft } from './draft';
import classes from './form.module.css';
import { QuestionEditor } from './question-editor';
import { texts } from './texts';

type Props = { questions: QuestionDraft[]; faultOf: (field: string) => string | undefined; onChange: (questions: QuestionDraft[]) => void };

/** The questions in the order in which they are asked; each can be moved with a button, with Alt and an arrow, or by its grip. */
export function QuestionList({ questions, faultOf, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const none = faultOf('questions');
  const full = questions.length >= limits.questions;

  function move(from: number, to: number) {
    const next = moved(questions, from, to);
    if (next === questions) return;
    onChange(next);
    announce(texts.movedTo(to + 1, questions.length));
  }

  function add() {
    const question = newQuestion();
    onChange([...questions, question]);
    focusOn(question.key);
  }

  function copy(index: number) {
    const original = questions[index];
    if (original === undefined) return;
    const question = { ...original, key: crypto.randomUUID(), id: undefined };
    onChange([...questions.slice(0, index + 1), question, ...questions.slice(index + 1)]);
    focusOn(question.key);
  }

  function remove(index: number) {
    onChange(questions.filter((_, place) => place !== index));
    announce(texts.removed);
    const neighbour = questions[index + 1] ?? questions[index - 1];
    if (neighbour !== undefined) focusOn(neighbour.key);
  }

  const focusOn = (key: string) =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-question="${key}"] textarea`)?.focus());

  /** The place whose card the pointer is over. */
  function drag(y: number) {
    const from = questions.findIndex(({ key }) => key === dragged);
    const cards = [...(list.current?.children ?? [])].map((card) => card.getBoundingClientRect());
    const to = cards.findIndex(({ top, bottom }) => y >= top && y <= bottom);
    const target = cards[to];
    if (from < 0 || to < 0 || to === from || target === undefined) return;
    // Only past its middle, or a tall card and a short one would change places without end.
    const middle = target.top + target.height / 2;
    if (to > from ? y > middle : y < middle) move(from, to);
  }

  return (
    <section aria-labelledby="survey-questions">
      <h2 id="survey-questions" className={classes.subtitle}>
        {texts.questionsTitle}
      </h2>
      {none !== undefined && <p className={classes.fault}>{none}</p>}
      <ol className={classes.questions} ref={list}>
        {questions.map((question, index) => (
          <QuestionEditor
            key={question.key}
            question={question}
            index={index}
            of={questions.length}
            faultOf={faultOf}
            dragged={question.key === dragged}
            mayCopy={!full}
            onChange={(changed) => onChange(questions.map((each) => (each.key === changed.key ? changed : each)))}
            onMove={(to) => move(index, to)}
            onCopy={() => copy(index)}
            onRemove={() => remove(index)}
            onGrip={(held) => setDragged(held ? question.key : null)}
            onDrag={drag}
          />
        ))}
      </ol>
      <Button variant="default" leftSection={<IconPlus size={18} stroke={2} aria-hidden="true" />} disabled={full} onClick={add}>
        {texts.addQuestion}
      </Button>
      {full && <p className={classes.hint}>{texts.mostQuestions}</p>}
    </section>
  );
}
