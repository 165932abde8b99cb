import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';

import { asProblem } from '@/shared/api/problem';
import type { NewSecondFactor } from '@/shared/api/types';
import { InlineError } from '@/shared/ui/states';

import classes from './account.module.css';
import { useEnableSecondFactor } from './api';
import { QrCode } from './qr-code';
import { texts } from './texts';

type Props = { factor: NewSecondFactor; onEnabled: (codes: readonly string[]) => void };

const inFours = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

/** From the app that reads the secret to the code that shows it did. */
export function SecondFactorSetUp({ factor, onEnabled }: Props) {
  const [code, setCode] = useState('');
  const [password, setPassword] = useState<string>();
  const [asked, setAsked] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const enable = useEnableSecondFactor();
  const wantsPassword = password !== undefined;

  useEffect(() => {
    if (wantsPassword) passwordField.current?.focus();
  }, [wantsPassword]);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (code.trim() === '' || password === '') return;
    const proof = password === undefined ? { code } : { code, password };
    enable.mutate(proof, {
      onSuccess: onEnabled,
      // Asked for only where somebody signed in a while ago.
      onError: (error) => {
        if (asProblem(error).code === 'auth.password_required') {
          setAsked(false);
          setPassword('');
        }
      },
    });
  }

  return (
    <div className={classes.setUp}>
      <QrCode text={factor.otpauthUri} label={texts.factor.qr} />
      <form className={classes.steps} onSubmit={submit} noValidate>
        <p>{texts.factor.scan}</p>
        <p>
          {texts.factor.typed} <code className={classes.secret}>{inFours(factor.secret)}</code>
        </p>
        <p>
          <a href={factor.otpauthUri}>{texts.factor.openApp}</a>
        </p>
        <TextInput
          label={texts.factor.code}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={asked && code.trim() === '' ? texts.codeMissing : undefined}
        />
        {wantsPassword && (
          <PasswordInput
            label={texts.currentPassword}
            autoComplete="current-password"
            ref={passwordField}
            visibilityToggleButtonProps={{ 'aria-label': texts.showPassword }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={asked && password === '' ? texts.passwordMissing : undefined}
          />
        )}
        <InlineError error={enable.error} />
        <Button type="submit" className={classes.act} loading={enable.isPending}>
          {texts.factor.enable}
        </Button>
      </form>
    </div>
  );
}
