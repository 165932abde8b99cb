import { useQuery } from '@tanstack/react-query';
import { Navigate, useSearchParams } from 'react-router';

import { FloorQueue } from '@/features/supervision/floor-queue';
import { overviewQuery } from '@/features/supervision/api';
import { OpenEscalations } from '@/features/supervision/open-escalations';
import { PeopleList } from '@/features/supervision/people-list';
import { ProgramsTable } from '@/features/supervision/programs-table';
import { texts } from '@/features/supervision/texts';
import { TotalsStrip } from '@/features/supervision/totals-strip';
import { watchesFloor } from '@/shared/api/home';
import { useMe } from '@/shared/api/use-session';
import { ErrorState, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { StaffPage } from '../staff-page';
import classes from './floor-page.module.css';
import { SidePanel } from './side-panel';

export function FloorPage() {
  return watchesFloor(useMe()) ? <Floor /> : <Navigate to="/desk" replace />;
}

/** The whole floor: what is escalated, who waits, who is there, and beside it whatever is looked at more closely. */
function Floor() {
  const me = useMe();
  const [search] = useSearchParams();
  const overview = useQuery(overviewQuery);
  const [personId, conversationId] = [search.get('person'), search.get('conversation')];
  useTitle(texts.title);

  if (overview.data === undefined) {
    return (
      <StaffPage title={texts.title}>
        {overview.isError ? <ErrorState error={overview.error} onRetry={() => void overview.refetch()} /> : <LoadingRows rows={5} height={72} />}
      </StaffPage>
    );
  }

  const { programs, people, escalations, fetchedAt } = overview.data;
  const open = personId !== null || conversationId !== null;
  return (
    <StaffPage
      title={texts.title}
      about={<TotalsStrip overview={overview.data} />}
      side={open && <SidePanel key={conversationId ?? personId} personId={personId} conversationId={conversationId} overview={overview.data} />}
    >
      {overview.isError && (
        <p className={classes.stale} role="status">
          {texts.stale}
        </p>
      )}
      <OpenEscalations escalations={escalations} canAct={me.role === 'supervisor'} />
      <div className={classes.columns}>
        <ProgramsTable programs={programs} fetchedAt={fetchedAt} />
        <FloorQueue programs={programs} openId={conversationId} />
        <PeopleList people={people} openId={personId} />
      </div>
    </StaffPage>
  );
}
