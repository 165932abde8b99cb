import { Link } from 'react-router';

import { useMe } from '@/shared/api/use-session';
import { DetailSection } from '@/shared/ui/detail-section';

import { texts } from './texts';

/** From a texter to what they can ask for, for those who may grant it. */
export function PrivacyLink({ texterId }: { texterId: string }) {
  const { role, affiliateId } = useMe();
  if (role !== 'admin' || affiliateId == null) return null;
  return (
    <DetailSection title={texts.onCardTitle}>
      <Link to={`/admin/privacy?texter=${texterId}`}>{texts.onCard}</Link>
    </DetailSection>
  );
}
