import { useQuery } from '@tanstack/react-query';

import { summaryQuery } from '@/shared/api/summary';
import { wordFor } from '@/shared/i18n/texts';

import { InlineError, LoadingRows } from './states';
import classes from './summary.module.css';
import { texts } from './texts';

/** What a conversation is about, for whoever comes to it: the texter's own sentences, chosen and never rewritten. */
export function Summary({ conversationId }: { conversationId: string }) {
  const { data, error } = useQuery(summaryQuery(conversationId));
  if (data === undefined) return error === null ? <LoadingRows rows={2} height={20} /> : <InlineError error={error} />;

  const { topics, lines } = data;
  return (
    <div className={classes.summary}>
      {topics.length > 0 && <p className={classes.topics}>{texts.summaryTopics(topics.map((topic) => topic.replaceAll('_', ' ')).join(', '))}</p>}
      {lines.length === 0 ? (
        <p className={classes.hint}>{texts.summaryEmpty}</p>
      ) : (
        <>
          <ul className={classes.lines} aria-label={texts.summaryLines}>
            {lines.map(({ sequence, text, level }) => (
              <li key={sequence} data-level={level}>
                “{text}”{level !== 'none' && <span className={classes.level}> {wordFor(texts.risk, level) ?? level}</span>}
              </li>
            ))}
          </ul>
          <p className={classes.hint}>{texts.summaryHint}</p>
        </>
      )}
    </div>
  );
}
