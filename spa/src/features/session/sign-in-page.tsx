import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';

import { demoQuery } from '@/shared/api/demo';
import { homeOf } from '@/shared/api/home';
import { useSession } from '@/shared/api/use-session';
import { BrandMark } from '@/shared/ui/brand-mark';
import { useTitle } from '@/shared/ui/use-title';

import { useSignIn } from './api';
import { DemoAccounts } from './demo-accounts';
import { Hills } from './hills';
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
  useTitle(texts.title);

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
    <div className={classes.page}>
      <aside className={classes.side}>
        <p className={classes.promise}>{texts.promise}</p>
        <Hills />
      </aside>
      <main className={classes.main}>
        <div className={classes.column}>
          <header className={classes.brand}>
            <BrandMark size={40} />
            <div>
              <p className={classes.product}>{texts.product}</p>
              <p className={classes.tagline}>{texts.tagline}</p>
            </div>
          </header>
          <h1 className={classes.title}>{texts.title}</h1>
          {expired && (
            <p className={classes.notice} role="status">
              {texts.expired}
            </p>
          )}
          <SignInForm credentials={credentials} onChange={setCredentials} attempt={attempt} />
          {demo.data && <DemoAccounts accounts={demo.data.accounts} onPick={signInAs} />}
        </div>
      </main>
    </div>
  );
}
