import { Navigate, useSearchParams } from 'react-router';

import { readFilter, RecordList } from '@/features/escalations/record-list';
import { texts } from '@/features/escalations/record-texts';
import { useMe } from '@/shared/api/use-session';
import { useTitle } from '@/shared/ui/use-title';

import { StaffPage } from '../staff-page';

export function EscalationsPage() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  useTitle(texts.listTitle);
  if (me.affiliateId == null) return <Navigate to="/desk" replace />;

  return (
    <StaffPage title={texts.listTitle}>
      <RecordList filter={readFilter(search.get('status'))} onFilter={(status) => setSearch({ status }, { replace: true })} />
    </StaffPage>
  );
}
