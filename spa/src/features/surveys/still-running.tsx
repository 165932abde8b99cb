import { useQuery } from '@tanstack/react-query';

import { IconAlertTriangle } from '@/shared/ui/icons';

import { conversationSurveysQuery } from './run-api';
import { texts } from './run-texts';
import classes from './run.module.css';

/** For whoever is about to end a conversation while the texter is still answering. */
export function SurveyStillRunning({ conversationId, type }: { conversationId: string; type: string }) {
  const { data } = useQuery(conversationSurveysQuery(conversationId));
  const run = data?.items.find(({ status }) => status === 'running' || status === 'paused');

  return (
    <div className={classes.stillRunning} role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden="true" />
      <p>
        <strong>
          {texts.stillRunning[type === 'exit' ? 'exit' : 'entry']}
          {run === undefined ? '.' : texts.stillRunningProgress(run.position, run.total)}
        </strong>{' '}
        {texts.stillRunningText}
      </p>
    </div>
  );
}
