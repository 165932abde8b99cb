import { Button, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { Link } from 'react-router';

import { InlineError } from '@/shared/ui/states';

import { useForgotPassword } from './api';
import { EntryFrame } from './entry-frame';
import classes from './sign-in-page.module.css';
import { texts } from './texts';

export function ForgotPasswordPage() {
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState(false);
  const forgot = useForgotPassword();

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (email.trim() !== '') forgot.mutate(email);
  }

  return (
    <EntryFrame title={texts.forgotTitle}>
      {forgot.isSuccess ? (
        <p className={classes.notice} role="status">
          {texts.forgotDone}
        </p>
      ) : (
        <form className={classes.form} onSubmit={submit} noValidate aria-label={texts.forgotTitle}>
          <p className={classes.hint}>{texts.forgotText}</p>
          <TextInput
            label={texts.email}
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={asked && email.trim() === '' ? texts.emailMissing : undefined}
          />
          <InlineError error={forgot.error} />
          <Button type="submit" size="md" loading={forgot.isPending} fullWidth>
            {texts.forgotSubmit}
          </Button>
        </form>
      )}
      <Link to="/sign-in" className={classes.forgot}>
        {texts.backToSignIn}
      </Link>
    </EntryFrame>
  );
}
