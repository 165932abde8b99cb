import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';

import { asProblem } from '@/shared/api/problem';
import { InlineError } from '@/shared/ui/states';

import type { SignInAttempt } from './api';
import classes from './sign-in-page.module.css';
import { texts } from './texts';

export type Credentials = { email: string; password: string; code?: string };

type Props = { credentials: Credentials; onChange: (credentials: Credentials) => void; attempt: SignInAttempt };

export function SignInForm({ credentials, onChange, attempt }: Props) {
  const [asked, setAsked] = useState(false);
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  const codeField = useRef<HTMLInputElement>(null);
  const code = attempt.isError ? asProblem(attempt.error).code : null;
  const wantsCode = code === 'auth.code_required';
  const asksForCode = credentials.code !== undefined || wantsCode;

  useEffect(() => {
    if (!attempt.isError) return;
    const wrong = codeField.current ?? passwordField.current;
    wrong?.focus();
    wrong?.select();
  }, [attempt.isError, wantsCode]);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (credentials.email.trim() === '') emailField.current?.focus();
    else if (credentials.password === '') passwordField.current?.focus();
    else if (asksForCode && (credentials.code ?? '').trim() === '') {
      onChange({ ...credentials, code: '' });
      codeField.current?.focus();
    } else attempt.mutate(credentials);
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
      {asksForCode && (
        <TextInput
          ref={codeField}
          label={texts.code}
          description={texts.codeHint}
          name="code"
          size="md"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          value={credentials.code ?? ''}
          onChange={(event) => onChange({ ...credentials, code: event.currentTarget.value })}
          error={credentials.code?.trim() === '' ? texts.codeMissing : undefined}
        />
      )}
      {code === 'auth.invalid_credentials' && asksForCode ? (
        <p role="alert" className={classes.wrong}>
          {texts.codeWrong}
        </p>
      ) : (
        !wantsCode && <InlineError error={attempt.error} />
      )}
      <Button type="submit" size="md" loading={attempt.isPending} fullWidth>
        {texts.submit}
      </Button>
      <Link to="/forgot-password" className={classes.forgot}>
        {texts.forgot}
      </Link>
    </form>
  );
}
