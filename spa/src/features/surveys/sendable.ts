import type { Conversation, ConversationSurveys } from '@/shared/api/types';

import { texts } from './run-texts';

type InUse = ConversationSurveys['inUse'][number];

/** What the responder can ask now; or that a survey can go on; or why nothing can be asked. */
export type Sendable = { survey: InUse } | { goOn: string } | { whyNot: string };

/** The server's transitions say when an entry survey is due; an exit survey belongs to the wrap-up, which is no transition. */
export function sendableIn({ state, availableTransitions, surveyRunning }: Conversation, surveys: ConversationSurveys, stopped: boolean): Sendable {
  const { items, inUse } = surveys;
  if (stopped) return { whyNot: texts.whyNot.stopped };

  const type = availableTransitions.includes('send_entry_survey') ? 'entry' : state === 'wrap_up' ? 'exit' : null;
  const run = items.find(({ status }) => status === 'running' || status === 'paused');
  if (run?.status === 'paused' && run.type === type) return { goOn: run.type };
  if (run !== undefined || surveyRunning != null) return { whyNot: texts.whyNot.running };
  if (inUse.length === 0) return { whyNot: texts.whyNot.nothing };
  if (type === null) return { whyNot: texts.whyNot.notNow };

  const survey = inUse.find((each) => each.type === type);
  if (survey !== undefined) return { survey };
  return { whyNot: type === 'entry' ? texts.whyNot.noEntry : texts.whyNot.noExit };
}
