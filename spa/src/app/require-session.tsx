import { useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';

import { unreachableProblem } from '@/shared/api/problem';
import { restoreSession } from '@/shared/api/session';
import { useSession } from '@/shared/api/use-session';
import { ErrorState } from '@/shared/ui/states';

const retryMs = 5_000;
const accountPath = '/account';

/** Lets only the signed-in through; the others are asked to sign in and then brought back to where they wanted to go. */
export function RequireSession() {
  const session = useSession();
  const { pathname, search } = useLocation();

  if (session.status === 'restoring') return null;
  if (session.status === 'unreachable') return <Unreachable />;
  if (session.status === 'signed-out') {
    const next = pathname === '/desk' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }
  if (session.user.mustSetUpSecondFactor && pathname !== accountPath) return <Navigate to={accountPath} replace />;
  return <Outlet />;
}

/** Goes on trying by itself: whoever left the desk open overnight finds it there in the morning. */
function Unreachable() {
  useEffect(() => {
    const timer = setInterval(() => void restoreSession({ quietly: true }), retryMs);
    return () => clearInterval(timer);
  }, []);

  return (
    <main style={{ display: 'grid', height: '100%' }}>
      <ErrorState error={unreachableProblem()} onRetry={() => void restoreSession()} />
    </main>
  );
}
