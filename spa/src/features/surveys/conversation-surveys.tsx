import { useQuery } from '@tanstack/react-query';

import type { Conversation, SurveyRun } from '@/shared/api/types';
import { fullTime, timeOrDate } from '@/shared/i18n/format';
import { Changing } from '@/shared/ui/changing';
import { DetailSection } from '@/shared/ui/detail-section';
import { IconAlertTriangle } from '@/shared/ui/icons';
import { ErrorState, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { conversationSurveysQuery } from './run-api';
import { statusWord, texts, typeWord } from './run-texts';
import classes from './run.module.css';
import { SendSurvey } from './send-survey';

/** What the texter is asked, how far they have come and what they answered; and for whoever holds the conversation, asking them. */
export function ConversationSurveys({ conversation, mine }: { conversation: Conversation; mine: boolean }) {
  const surveys = useQuery(conversationSurveysQuery(conversation.id));

  if (surveys.data === undefined) {
    return (
      <DetailSection title={texts.title}>
        {surveys.isError ? <ErrorState error={surveys.error} onRetry={() => void surveys.refetch()} /> : <LoadingRows rows={1} height={40} />}
      </DetailSection>
    );
  }
  return (
    <DetailSection title={texts.title}>
      {surveys.data.items.length === 0 && <p className={classes.none}>{texts.none}</p>}
      {surveys.data.items.map((run, index) => (
        <Run key={run.responseId} run={run} open={index === 0} />
      ))}
      {mine && conversation.closedAt == null && <SendSurvey conversation={conversation} surveys={surveys.data} />}
    </DetailSection>
  );
}

const isOver = ({ status }: SurveyRun) => status !== 'running' && status !== 'paused';

function Run({ run, open }: { run: SurveyRun; open: boolean }) {
  const now = useMinute();
  const { title, type, status, position, total, answered, skipped, startedAt, questions } = run;
  const alerts = questions.some((question) => question.alerts);

  return (
    <details className={classes.run} open={open}>
      <summary className={classes.head}>
        <span className={classes.title}>
          {typeWord(type)}: {title}
        </span>
        <span className={classes.standing}>
          <Changing value={status}>
            <span className={classes.status} data-status={status}>
              {statusWord(status)}
            </span>
          </Changing>
          <span>{isOver(run) ? texts.counts(answered, skipped) : texts.progress(position, total)}</span>
          <time dateTime={startedAt} title={fullTime(startedAt)}>
            {timeOrDate(startedAt, now)}
          </time>
          {alerts && <Alert />}
        </span>
      </summary>
      {!isOver(run) && <progress className={classes.progress} aria-label={texts.progressLabel(title)} value={position} max={total} />}
      <ol className={classes.questions} aria-label={texts.answers(title)}>
        {questions.map((question) => (
          <li key={question.id} className={classes.question}>
            <p className={classes.text}>{question.text}</p>
            <p className={classes.answer} data-given={question.status === 'answered'}>
              {answerWords(question, isOver(run))} {question.alerts && <Alert />}
            </p>
          </li>
        ))}
      </ol>
    </details>
  );
}

const Alert = () => (
  <span className={classes.alert}>
    <IconAlertTriangle size={14} stroke={2} aria-hidden="true" />
    {texts.alert}
  </span>
);

function answerWords({ kind, status, answer, unreadable }: SurveyRun['questions'][number], over: boolean): string {
  if (unreadable) return texts.unreadable;
  if (answer != null) return kind === 'yes_no' ? (answer === 'yes' ? texts.yes : texts.no) : kind === 'text' ? `“${answer}”` : answer;
  if (status === 'skipped') return texts.skipped;
  if (over) return texts.open;
  return status === 'asked' ? texts.asked : texts.openYet;
}
