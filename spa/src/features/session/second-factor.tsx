import { Button } from '@mantine/core';
import { useState } from 'react';

import { userIs } from '@/shared/api/session';
import { useMe } from '@/shared/api/use-session';
import { IconShield } from '@/shared/ui/icons';
import { InlineError } from '@/shared/ui/states';

import classes from './account.module.css';
import { useSetUpSecondFactor } from './api';
import { RecoveryCodes } from './recovery-codes';
import { SecondFactorOffDialog } from './second-factor-off-dialog';
import { SecondFactorSetUp } from './second-factor-set-up';
import { texts } from './texts';

/** Whether a code is asked for when one signs in; setting it up, and turning it off. */
export function SecondFactor() {
  const me = useMe();
  const setUp = useSetUpSecondFactor();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [turningOff, setTurningOff] = useState(false);

  if (codes !== null) {
    return (
      <RecoveryCodes
        codes={codes}
        onKept={() => {
          setCodes(null);
          setUp.reset();
          userIs({ secondFactor: true, mustSetUpSecondFactor: false });
        }}
      />
    );
  }

  if (me.secondFactor) {
    return (
      <>
        <p className={classes.state}>
          <IconShield size={18} stroke={1.75} aria-hidden="true" />
          {texts.factor.on}
        </p>
        <Button variant="default" className={classes.act} onClick={() => setTurningOff(true)}>
          {texts.factor.turnOff}
        </Button>
        {turningOff && <SecondFactorOffDialog onClose={() => setTurningOff(false)} />}
      </>
    );
  }

  return (
    <>
      <p className={classes.about}>{me.mustSetUpSecondFactor ? texts.factor.demanded : texts.factor.off}</p>
      {setUp.data === undefined ? (
        <Button className={classes.act} loading={setUp.isPending} onClick={() => setUp.mutate()}>
          {texts.factor.setUp}
        </Button>
      ) : (
        <SecondFactorSetUp factor={setUp.data} onEnabled={setCodes} />
      )}
      <InlineError error={setUp.error} />
    </>
  );
}
