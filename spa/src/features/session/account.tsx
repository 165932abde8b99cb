import { Button } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';

import { signOut } from '@/shared/api/session';

import classes from './account.module.css';
import { ChangePasswordDialog } from './change-password-dialog';
import { EntryFrame } from './entry-frame';
import { SecondFactor } from './second-factor';
import { SessionsList } from './sessions-list';
import { texts } from './texts';

/** How one signs in, and where one has. */
export function Account() {
  const [changing, setChanging] = useState(false);
  return (
    <div className={classes.account}>
      <Section title={texts.factor.title}>
        <SecondFactor />
      </Section>
      <Section title={texts.sessions.title}>
        <SessionsList />
      </Section>
      <Section title={texts.accountPassword}>
        <p className={classes.about}>{texts.accountPasswordText}</p>
        <Button variant="default" className={classes.act} onClick={() => setChanging(true)}>
          {texts.changePassword}
        </Button>
        {changing && <ChangePasswordDialog onClose={() => setChanging(false)} />}
      </Section>
    </div>
  );
}

/** For whom nothing else is open until they have a second factor. */
export function SecondFactorFirst() {
  return (
    <EntryFrame title={texts.factor.title}>
      <div className={classes.section}>
        <SecondFactor />
      </div>
      <Button variant="subtle" className={classes.leave} onClick={() => void signOut().catch(() => undefined)}>
        {texts.signOut}
      </Button>
    </EntryFrame>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id} className={classes.title}>
        {title}
      </h2>
      {children}
    </section>
  );
}
