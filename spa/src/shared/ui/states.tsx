import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';

import { asProblem } from '@/shared/api/problem';
import { problemText } from '@/shared/api/problem-texts';

import { IconAlertTriangle, IconCloudOff } from './icons';
import classes from './states.module.css';
import { texts } from './texts';

type EmptyProps = { title: string; /** Where this is all there is on a page, its title is the page's. */ wholePage?: boolean; children?: ReactNode; icon?: ReactNode; action?: ReactNode };

/** Nothing here, and that is in order. */
export function EmptyState({ title, wholePage = false, children, icon, action }: EmptyProps) {
  const Title = wholePage ? 'h1' : 'p';
  return (
    <div className={classes.state}>
      {icon !== undefined && <div className={classes.icon}>{icon}</div>}
      <Title className={classes.title}>{title}</Title>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {action}
    </div>
  );
}

/** It could not be loaded: why, how to try again, and what to tell support. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = asProblem(error);
  const Icon = problem.isUnreachable ? IconCloudOff : IconAlertTriangle;
  return (
    <div className={classes.state} role="alert">
      <div className={classes.icon} data-tone="danger">
        <Icon size={26} stroke={1.6} aria-hidden="true" />
      </div>
      <p className={classes.title}>{problem.isUnreachable ? texts.offlineTitle : texts.errorTitle}</p>
      <p className={classes.text}>{problemText(problem)}</p>
      {problem.traceId !== null && <p className={classes.trace}>{texts.reference(problem.traceId)}</p>}
      {onRetry !== undefined && (
        <Button variant="default" size="sm" onClick={onRetry}>
          {texts.tryAgain}
        </Button>
      )}
    </div>
  );
}

/** Holds the place of a list that is on its way. */
export function LoadingRows({ rows = 3, height = 58 }: { rows?: number; height?: number }) {
  return (
    <div className={classes.rows} role="status">
      <span className="visually-hidden">{texts.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="md" aria-hidden="true" />
      ))}
    </div>
  );
}

/** One line of trouble beside the thing that caused it. */
export function InlineError({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  return (
    <p className={classes.inline} role="alert">
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
      <span>{problemText(error)}</span>
    </p>
  );
}
