import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { texterQuery } from '@/shared/api/texters';
import { useMe } from '@/shared/api/use-session';
import { IconHandStop, IconLock } from '@/shared/ui/icons';
import { useMinute } from '@/shared/ui/use-now';

import { blockState } from './may';
import { texts } from './texts';
import { endOf } from './time';
import classes from './texter-warnings.module.css';

type Props = {
  texterId: string;
  /** Where the texter can be answered, the place where one writes says itself that they have stopped messages. */
  composing: boolean;
};

/** What has to be known of a texter before anybody starts to type. Where there is no column beside the conversation, the plan is part of it. */
export function TexterWarnings({ texterId, composing }: Props) {
  const me = useMe();
  const now = useMinute();
  const { data: texter } = useQuery(texterQuery(texterId));
  if (texter === undefined) return null;

  const { block, stopped, plan } = texter;
  const state = blockState(block, now);
  const showsStopped = stopped && !composing;
  const hasPlan = plan?.text != null;
  if (state === 'none' && !showsStopped && !hasPlan) return null;

  return (
    <div className={classes.strip} role="note" data-plan-only={state === 'none' && !showsStopped}>
      {hasPlan && (
        <details className={classes.plan}>
          <summary>
            <strong>{texts.planTitle}:</strong> <span>{plan.text}</span>
          </summary>
        </details>
      )}
      {showsStopped && (
        <Warning tone="danger" icon={<IconHandStop size={18} stroke={1.75} aria-hidden="true" />} title={texts.stoppedTitle}>
          {texts.stoppedText}
        </Warning>
      )}
      {state === 'in_force' && (
        <Warning
          tone="danger"
          icon={<IconLock size={18} stroke={1.75} aria-hidden="true" />}
          title={block?.until == null ? texts.blockedTitle : texts.blockedUntil(endOf(block.until))}
        >
          {texts.blockedText}
        </Warning>
      )}
      {state === 'waiting' && (
        <Warning
          tone="caution"
          icon={<IconLock size={18} stroke={1.75} aria-hidden="true" />}
          title={block?.askedBy === me.id ? texts.waitingOwn : texts.waitingTitle(block?.askedByName ?? texts.someone)}
        >
          {texts.waitingText}
        </Warning>
      )}
    </div>
  );
}

type WarningProps = { tone: 'danger' | 'caution'; icon: ReactNode; title: string; children: ReactNode };

const Warning = ({ tone, icon, title, children }: WarningProps) => (
  <p className={classes.warning} data-tone={tone}>
    {icon}
    <span>
      <strong>{title}.</strong> {children}
    </span>
  </p>
);
