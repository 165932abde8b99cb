import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import type { OwnSession } from '@/shared/api/types';
import { appointment } from '@/shared/i18n/format';
import { IconDeviceDesktop, IconDeviceMobile } from '@/shared/ui/icons';
import { ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';

import classes from './account.module.css';
import { sessionsQuery, useEndSession } from './api';
import { texts } from './texts';

const isPhone = (device: string | null | undefined) => /Android|iOS/.test(device ?? '');

/** The screens on which one is signed in, and signing out of those one has left. */
export function SessionsList() {
  const sessions = useQuery(sessionsQuery);
  const end = useEndSession();

  if (sessions.data === undefined) {
    return sessions.isError ? <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} /> : <LoadingRows rows={2} />;
  }

  return (
    <>
      <ul className={classes.list} aria-label={texts.sessions.title}>
        {sessions.data.map((session) => (
          <Row key={session.id} session={session} ending={end.isPending && end.variables === session.id} onEnd={() => end.mutate(session.id)} />
        ))}
      </ul>
      <InlineError error={end.error} />
    </>
  );
}

function Row({ session, ending, onEnd }: { session: OwnSession; ending: boolean; onEnd: () => void }) {
  const device = session.device ?? texts.sessions.unknown;
  const Icon = isPhone(session.device) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <li className={classes.row}>
      <Icon size={22} stroke={1.6} aria-hidden="true" />
      <div className={classes.what}>
        <p className={classes.device}>{device}</p>
        <p className={classes.about}>
          {[texts.sessions.since(appointment(session.createdAt)), texts.sessions.used(appointment(session.lastUsedAt))].join(' · ')}
        </p>
      </div>
      {session.current ? (
        <span className={classes.current}>{texts.sessions.current}</span>
      ) : (
        <Button variant="default" size="sm" loading={ending} aria-label={texts.sessions.endThis(device)} onClick={onEnd}>
          {texts.sessions.end}
        </Button>
      )}
    </li>
  );
}
