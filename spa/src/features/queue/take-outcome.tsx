import { Button } from '@mantine/core';
import { useEffect } from 'react';

import { useDeclarePresence } from '@/shared/api/presence';
import { asProblem } from '@/shared/api/problem';
import { InlineError } from '@/shared/ui/states';

import type { Take } from './api';
import classes from './queue.module.css';
import { texts } from './texts';

const outcomeMs = 12_000;

/** Whether an attempt was about the conversation that is open: then it is told there, where the button was. */
export const isAboutOpen = (take: Take, openId: string | undefined) => openId !== undefined && take.variables === openId;

/** How an attempt ended that brought no conversation. Said, and after a while gone: it is about a moment. */
export function TakeOutcome({ take }: { take: Take }) {
  const { status, reset } = take;
  const away = take.isError && asProblem(take.error).code === 'responder.not_available';

  useEffect(() => {
    if (status === 'idle' || status === 'pending' || away) return;
    const timer = setTimeout(reset, outcomeMs);
    return () => clearTimeout(timer);
  }, [status, away, reset]);

  if (take.isError) {
    return (
      <div className={classes.outcome}>
        <InlineError error={take.error} />
        {away && <BecomeAvailable take={take} />}
      </div>
    );
  }
  if (!take.isSuccess || take.data !== null) return null;
  return (
    <p className={classes.nobody} role="status">
      {texts.nobodyToTake}
    </p>
  );
}

/** The way on from “you are away”, without looking for it. */
function BecomeAvailable({ take }: { take: Take }) {
  const declare = useDeclarePresence();
  const wanted = take.variables ?? null;
  return (
    <>
      <Button size="compact-md" fullWidth loading={declare.isPending} onClick={() => declare.mutate('available', { onSuccess: () => take.mutate(wanted) })}>
        {texts.becomeAndTake}
      </Button>
      <InlineError error={declare.error} />
    </>
  );
}
