import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { fullTime, timeOrDate } from '@/shared/i18n/format';
import { DetailSection } from '@/shared/ui/detail-section';
import { ErrorState, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { timelineQuery } from './api';
import { texts } from './timeline-texts';
import { linesOf } from './timeline-words';
import classes from './timeline.module.css';

const atFirst = 6;

/** Who did what when, the newest first, in the time of whoever reads it. */
export function Timeline({ conversationId }: { conversationId: string }) {
  const timeline = useQuery(timelineQuery(conversationId));
  const [all, setAll] = useState(false);
  const now = useMinute();

  if (timeline.data === undefined) {
    return (
      <DetailSection title={texts.title}>
        {timeline.isError ? <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} /> : <LoadingRows rows={3} height={20} />}
      </DetailSection>
    );
  }

  const lines = linesOf(timeline.data.items).reverse();
  const shown = all ? lines : lines.slice(0, atFirst);
  return (
    <DetailSection title={texts.title}>
      {lines.length === 0 && <p className={classes.nothing}>{texts.nothing}</p>}
      <ol className={classes.lines} aria-label={texts.list}>
        {shown.map(({ key, at, text }) => (
          <li key={key} className={classes.line}>
            <time className={classes.when} dateTime={at} title={fullTime(at)}>
              {timeOrDate(at, now)}
            </time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      {lines.length > atFirst && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? texts.showFewer : texts.showAll(lines.length)}
        </Button>
      )}
    </DetailSection>
  );
}
