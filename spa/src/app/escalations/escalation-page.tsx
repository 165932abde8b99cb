import { useParams } from 'react-router';

import { RecordSheet } from '@/features/escalations/record-sheet';
import { watchesFloor } from '@/shared/api/home';
import { useMe } from '@/shared/api/use-session';

import { StaffPage } from '../staff-page';

export function EscalationPage() {
  const { escalationId = '' } = useParams();
  const me = useMe();

  return (
    <RecordSheet
      key={escalationId}
      id={escalationId}
      canAct={me.role !== 'admin'}
      conversationAddress={(id) => (watchesFloor(me) ? `/floor?conversation=${id}` : `/desk/${id}`)}
      frame={(title, about, actions, sheet) => (
        <StaffPage title={title} about={about} actions={actions}>
          {sheet}
        </StaffPage>
      )}
    />
  );
}
