import { Button, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';

import type { AuditVerification } from '@/shared/api/types';
import { recordTime } from '@/shared/i18n/format';
import { Copyable } from '@/shared/ui/copyable';
import { IconAlertTriangle, IconCircleCheck } from '@/shared/ui/icons';
import page from '@/shared/ui/page.module.css';
import { InlineError } from '@/shared/ui/states';

import { type Checkpoint, checkpointIn, checkpointText, useVerify } from './api';
import classes from './audit.module.css';
import { texts } from './texts';

/** So long after it was written an entry has had its link, unless something is wrong. */
const linkedWithinMs = 60_000;

/** Calculates the trail again, and says in words what came of it. */
export function VerifySection() {
  const verify = useVerify();
  const [earlier, setEarlier] = useState('');
  const [asked, setAsked] = useState(false);
  const checkpoint = checkpointIn(earlier);
  const wrong = earlier.trim() !== '' && checkpoint === null;

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (!wrong) verify.mutate(checkpoint);
  }

  return (
    <section className={page.section} aria-labelledby="check-trail">
      <h2 id="check-trail">{texts.checkTitle}</h2>
      <p className={page.facts}>{texts.checkAbout}</p>
      <form className={classes.check} onSubmit={submit} noValidate autoComplete="off">
        <TextInput
          className={classes.earlier}
          label={texts.earlier}
          description={texts.earlierHint}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          spellCheck={false}
          value={earlier}
          error={asked && wrong ? texts.earlierWrong : undefined}
          onChange={(event) => setEarlier(event.currentTarget.value)}
        />
        <Button type="submit" loading={verify.isPending}>
          {texts.check}
        </Button>
      </form>
      <div role="status" className={classes.result}>
        {verify.isPending && <p className={page.facts}>{texts.checking(verify.soFar)}</p>}
        {verify.data !== undefined && <Result found={verify.data} held={verify.variables ?? null} />}
      </div>
      <InlineError error={verify.error} />
    </section>
  );
}

function Result({ found, held }: { found: AuditVerification; held: Checkpoint | null }) {
  const { intact, fault, checked, head } = found;
  const Icon = intact ? IconCircleCheck : IconAlertTriangle;
  return (
    <>
      <div className={page.verdict} data-tone={intact ? undefined : 'danger'}>
        <Icon size={22} stroke={1.75} aria-hidden="true" />
        <div>
          <p className={page.name}>{intact ? texts.intact : texts.broken}</p>
          {intact && <p>{checked === 0 ? texts.empty : texts.intactText(checked)}</p>}
          {intact && <p>{held === null ? texts.notHeld : texts.intactHeld(held.number)}</p>}
          {fault != null && <p>{faultWords(fault.code, fault.number)}</p>}
          {fault?.entryId != null && <p className={page.mono}>{texts.faultyEntry(fault.entryId)}</p>}
          {!intact && <p>{texts.brokenText}</p>}
        </div>
      </div>
      <Unlinked found={found} />
      {intact && head != null && (
        <div className={classes.result}>
          <Copyable label={texts.checkpoint} value={checkpointText(head)} />
          <p className={page.facts}>{texts.checkpointAbout(recordTime(head.laidAt))}</p>
        </div>
      )}
    </>
  );
}

function Unlinked({ found: { unlinked, oldestUnlinked } }: { found: AuditVerification }) {
  const [now] = useState(Date.now);
  if (unlinked === 0) return null;
  const old = oldestUnlinked != null && now - Date.parse(oldestUnlinked) > linkedWithinMs;
  return (
    <p className={old ? page.notice : page.facts}>
      {[texts.unlinked(unlinked), old ? texts.unlinkedOld(recordTime(oldestUnlinked)) : texts.unlinkedFine].join(' ')}
    </p>
  );
}

function faultWords(code: string, number: number): string {
  const words: Record<string, (number: number) => string> = texts.faults;
  return words[code]?.(number) ?? texts.otherFault(code, number);
}
