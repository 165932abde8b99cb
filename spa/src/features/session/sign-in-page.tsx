import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';

import { demoQuery } from '@/shared/api/demo';
import { homeOf } from '@/shared/api/home';
import { useSession } from '@/shared/api/use-session';

import { useSignIn } from './api';
import { DemoAccounts } from './demo-accounts';
import { EntryFrame } from './entry-frame';
import { SignInForm, type Credentials } from './sign-in-form';
import classes from './sign-in-page.module.css';
import { texts } from './texts';

const empty: Credentials = { email: '', password: '' };

/** Only paths of this desk: an address handed in by a link must not lead elsewhere. */
export const safePath = (path: string | null) => (path !== null && /^\/(?![/\\])/.test(path) ? path : '/desk');

export function SignInPage() {
  const session = useSession();
  const [search] = useSearchParams();
  const [credentials, setCredentials] = useState(empty);
  const attempt = useSignIn();
  const demo = useQuery(demoQuery);

  if (session.status === 'signed-in') {
    const next = search.get('next');
    return <Navigate to={next === null ? homeOf(session.user) : safePath(next)} replace />;
  }

  function signInAs(account: Credentials) {
    setCredentials(account);
    attempt.mutate(account);
  }

  const expired = session.status === 'signed-out' && session.expired;
  return (
    <EntryFrame title={texts.title}>
      {expired && (
        <p className={classes.notice} role="status">
          {texts.expired}
        </p>
      )}
      <SignInForm credentials={credentials} onChange={setCredentials} attempt={attempt} />
      {demo.data && <DemoAccounts accounts={demo.data.accounts} onPick={signInAs} />}
    </EntryFrame>
  );
}
