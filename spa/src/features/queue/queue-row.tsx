import { Button } from '@mantine/core';
import { Link } from 'react-router';

import { clockOf, spokenDuration } from '@/shared/i18n/format';
import { Channel } from '@/shared/ui/channel';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { useNow } from '@/shared/ui/use-now';

import type { WaitingEntry } from './api';
import classes from './queue.module.css';
import { texts } from './texts';

type Props = { entry: WaitingEntry; open: boolean; taking: boolean; onTake?: () => void };

export function QueueRow({ entry, open, taking, onTake }: Props) {
  const seconds = (useNow().getTime() - entry.since) / 1000;
  const spoken = spokenDuration(seconds);

  return (
    <li className={classes.row} data-level={entry.riskLevel}>
      <Link
        className={classes.link}
        to={`/desk/${entry.conversationId}`}
        aria-current={open ? 'page' : undefined}
        data-list-item=""
      >
        <span className={classes.first}>
          <span className={classes.position}>
            <span className="visually-hidden">{texts.position(entry.position)}. </span>
            <span aria-hidden="true">{entry.position}</span>
          </span>
          <span className={classes.wait}>
            <span aria-hidden="true">{clockOf(seconds)}</span>
            <span className="visually-hidden">{texts.waiting(spoken)}</span>
          </span>
          <RiskBadge level={entry.riskLevel} />
        </span>
        <span className={classes.second}>
          <Channel provider={entry.provider} />
          <span aria-hidden="true">·</span>
          <span className={classes.program}>{entry.programName}</span>
        </span>
      </Link>
      {onTake !== undefined && (
        <Button
          className={classes.take}
          variant="default"
          size="compact-sm"
          loading={taking}
          onClick={onTake}
          aria-label={texts.takeThis(spoken)}
        >
          {texts.take}
        </Button>
      )}
    </li>
  );
}
