import { useId } from 'react';

import type { SurveyResult } from '@/shared/api/types';
import { region } from '@/shared/i18n/locale';
import { wordFor } from '@/shared/i18n/texts';

import { QuestionResultView } from './question-result';
import classes from './results.module.css';
import { texts } from './texts';

const percent = new Intl.NumberFormat(region, { style: 'percent' });

type Props = { result: SurveyResult; from: string; to: string; program: string | undefined };

/** One survey, in one wording: how many went through with it, and what they said. */
export function SurveyResultCard({ result, from, to, program }: Props) {
  const titleId = useId();
  const facts: [string, number | string][] = [
    [texts.started, result.started],
    [texts.completed, result.completed],
    [texts.rate, result.completionRate == null ? '–' : percent.format(result.completionRate)],
    [texts.stopped, result.stopped],
    [texts.expired, result.expired],
    [texts.interrupted, result.interrupted],
    [texts.running, result.running],
  ];

  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <h2 id={titleId} className={classes.title}>
        {result.title}
      </h2>
      <p className={classes.about}>
        {[wordFor(texts.typeShort, result.type), program, texts.wordingOf(result.wordingVersion)].filter(Boolean).join(' · ')}
      </p>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {result.unreadable > 0 && <p className={classes.note}>{texts.unreadable(result.unreadable)}</p>}
      <ol className={classes.questions}>
        {result.questions.map((question) => (
          <QuestionResultView key={question.id} question={question} from={from} to={to} />
        ))}
      </ol>
    </section>
  );
}
