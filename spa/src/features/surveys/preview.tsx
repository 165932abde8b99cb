import { Radio, SegmentedControl, Textarea } from '@mantine/core';
import { useId, useState } from 'react';

import { dialogueOf } from './as-texted';
import { bodyFrom, type QuestionBody, type QuestionDraft, type SurveyDraft, type SurveyLanguage } from './draft';
import classes from './preview.module.css';
import { texts } from './texts';

/** How the survey meets a texter: as texts on a phone, or as a form in web chat. */
export function Preview({ draft }: { draft: SurveyDraft }) {
  const [as, setAs] = useState('sms');
  const titleId = useId();
  return (
    <section className={classes.preview} aria-labelledby={titleId}>
      <div className={classes.head}>
        <h2 id={titleId} className={classes.title}>
          {texts.preview}
        </h2>
        <SegmentedControl
          size="xs"
          aria-label={texts.previewAs}
          data={[
            { value: 'sms', label: texts.asSms },
            { value: 'form', label: texts.asForm },
          ]}
          value={as}
          onChange={setAs}
        />
      </div>
      {as === 'sms' ? <Phone draft={draft} /> : <Form draft={draft} />}
    </section>
  );
}

const Phone = ({ draft }: { draft: SurveyDraft }) => (
  <div className={classes.phone}>
    <ol className={classes.texts} aria-label={texts.previewPhone} lang={draft.language}>
      {dialogueOf({ ...draft, questions: draft.questions.map(named) }).map((text, index) => (
        <li key={index} className={classes.text}>
          {text}
        </li>
      ))}
    </ol>
  </div>
);

const named = (question: QuestionDraft) => (question.text.trim() === '' ? { ...question, text: texts.previewEmpty } : question);

const words = {
  en: { required: texts.formRequired, send: texts.formSend, skip: texts.formSkip, yes: texts.yes, no: texts.no },
  es: { required: texts.es.formRequired, send: texts.es.formSend, skip: texts.es.formSkip, yes: texts.es.yes, no: texts.es.no },
};

const Form = ({ draft }: { draft: SurveyDraft }) => (
  <div className={classes.form} role="group" aria-label={texts.previewForm} lang={draft.language}>
    {bodyFrom({ ...draft, questions: draft.questions.map(named) }).questions.map((question, index) => (
      <FormQuestion key={draft.questions[index]?.key} question={question} language={draft.language} />
    ))}
    <span className={classes.send}>{words[draft.language].send}</span>
  </div>
);

function FormQuestion({ question, language }: { question: QuestionBody; language: SurveyLanguage }) {
  const { required, yes, no } = words[language];
  const description = question.required ? required : undefined;

  if (question.kind === 'text') return <Textarea label={question.text} description={description} minRows={2} autosize readOnly />;
  const answers = question.kind === 'scale' ? scaleOf(question.options) : question.kind === 'yes_no' ? [yes, no] : question.options;
  return (
    <Radio.Group label={question.text} description={description}>
      <div className={question.kind === 'choice' ? classes.column : classes.line}>
        {answers.map((answer, index) => (
          <Radio key={index} value={String(index)} label={answer === '' ? texts.previewEmpty : answer} />
        ))}
      </div>
    </Radio.Group>
  );
}

/** A long scale is shown by its ends. */
function scaleOf([lowest = '', highest = '']: string[]): string[] {
  const [from, to] = [Number(lowest), Number(highest)];
  if (!Number.isInteger(from) || !Number.isInteger(to) || to <= from) return [];
  return to - from > 20 ? [lowest, '…', highest] : Array.from({ length: to - from + 1 }, (_, step) => String(from + step));
}
