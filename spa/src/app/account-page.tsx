import { Account, SecondFactorFirst } from '@/features/session/account';
import { texts } from '@/features/session/texts';
import { useMe } from '@/shared/api/use-session';
import { useTitle } from '@/shared/ui/use-title';

import { StaffPage } from './staff-page';

export function AccountPage() {
  const me = useMe();
  useTitle(texts.accountPage);
  return me.mustSetUpSecondFactor ? (
    <SecondFactorFirst />
  ) : (
    <StaffPage title={texts.accountPage}>
      <Account />
    </StaffPage>
  );
}
