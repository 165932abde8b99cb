import { Button, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';

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
  const [asked, setAsked] = useState(false);
  const enable = useEnableSecondFactor();

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (code.trim() !== '') enable.mutate(code, { onSuccess: onEnabled });
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
        <InlineError error={enable.error} />
        <Button type="submit" className={classes.act} loading={enable.isPending}>
          {texts.factor.enable}
        </Button>
      </form>
    </div>
  );
}
