import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';

import { InlineError } from '@/shared/ui/states';

import type { SignInAttempt } from './api';
import classes from './sign-in-page.module.css';
import { texts } from './texts';

export type Credentials = { email: string; password: string };

type Props = { credentials: Credentials; onChange: (credentials: Credentials) => void; attempt: SignInAttempt };

export function SignInForm({ credentials, onChange, attempt }: Props) {
  const [asked, setAsked] = useState(false);
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (attempt.isError) passwordField.current?.select();
  }, [attempt.isError]);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (credentials.email.trim() === '') emailField.current?.focus();
    else if (credentials.password === '') passwordField.current?.focus();
    else attempt.mutate(credentials);
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label={texts.title}>
      <TextInput
        ref={emailField}
        label={texts.email}
        type="email"
        name="email"
        autoComplete="username"
        value={credentials.email}
        onChange={(event) => onChange({ ...credentials, email: event.currentTarget.value })}
        error={asked && credentials.email.trim() === '' ? texts.emailMissing : undefined}
      />
      <PasswordInput
        ref={passwordField}
        label={texts.password}
        name="password"
        size="md"
        autoComplete="current-password"
        value={credentials.password}
        onChange={(event) => onChange({ ...credentials, password: event.currentTarget.value })}
        error={asked && credentials.password === '' ? texts.passwordMissing : undefined}
        visibilityToggleButtonProps={{ 'aria-label': texts.showPassword }}
      />
      <InlineError error={attempt.error} />
      <Button type="submit" size="md" loading={attempt.isPending} fullWidth>
        {texts.submit}
      </Button>
    </form>
  );
}
