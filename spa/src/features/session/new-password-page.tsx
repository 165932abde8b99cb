import { Button, PasswordInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { Link, useLocation } from 'react-router';

import { sessionsEnded } from '@/shared/api/session';
import { useSession } from '@/shared/api/use-session';
import { InlineError } from '@/shared/ui/states';

import { useSetPassword } from './api';
import { EntryFrame } from './entry-frame';
import { isTooShort } from './password-rules';
import classes from './sign-in-page.module.css';
import { texts } from './texts';

/** Where the link from the mail leads. Its token stands behind the #, so that no server on the way has seen it. */
export function NewPasswordPage() {
  const session = useSession();
  const [token] = useState(useLocation().hash.slice(1));
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [asked, setAsked] = useState(false);
  const set = useSetPassword();

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (isTooShort(password) || password !== again) return;
    set.mutate({ token, password }, { onSuccess: () => session.status === 'signed-in' && sessionsEnded() });
  }

  const shown = { visibilityToggleButtonProps: { 'aria-label': texts.showPassword }, size: 'md', autoComplete: 'new-password' } as const;
  return (
    <EntryFrame title={texts.newTitle}>
      {set.isSuccess || token === '' ? (
        <p className={classes.notice} role="status">
          {set.isSuccess ? texts.newDone : texts.newNoLink}
        </p>
      ) : (
        <form className={classes.form} onSubmit={submit} noValidate aria-label={texts.newTitle}>
          <p className={classes.hint}>{texts.newText}</p>
          <PasswordInput
            {...shown}
            label={texts.newPassword}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={asked && isTooShort(password) ? texts.passwordTooShort : undefined}
          />
          <PasswordInput
            {...shown}
            label={texts.repeatPassword}
            value={again}
            onChange={(event) => setAgain(event.currentTarget.value)}
            error={asked && password !== again ? texts.passwordsDiffer : undefined}
          />
          <InlineError error={set.error} />
          <Button type="submit" size="md" loading={set.isPending} fullWidth>
            {texts.newSubmit}
          </Button>
        </form>
      )}
      <Link to="/sign-in" className={classes.forgot}>
        {texts.backToSignIn}
      </Link>
    </EntryFrame>
  );
}
