import { Button } from '@mantine/core';
import { useRef, useState } from 'react';

import type { Block, Texter } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { ago, fullTime } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { DetailSection } from '@/shared/ui/detail-section';
import { InlineError } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { useApproveBlock, useBlock } from './api';
import { BlockDialog } from './block-dialog';
import classes from './block.module.css';
import { blockState, may } from './may';
import { texts } from './texts';
import { endOf } from './time';

/** Whether a texter's messages call anybody: asked for by one person, in force once a second one has agreed. */
export function BlockSection({ texter }: { texter: Texter }) {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const openButton = useRef<HTMLButtonElement>(null);
  const state = blockState(texter.block, useMinute());

  function done() {
    setAsking(false);
    requestAnimationFrame(() => openButton.current?.focus());
  }

  if (state !== 'none' && texter.block != null) {
    return (
      <DetailSection title={texts.blockSection}>
        <Standing texterId={texter.id} block={texter.block} waiting={state === 'waiting'} />
      </DetailSection>
    );
  }
  if (!may.block(me)) return null;
  return (
    <DetailSection title={texts.blockSection}>
      <Button ref={openButton} variant="default" size="compact-sm" onClick={() => setAsking(true)}>
        {texts.blockOpen}
      </Button>
      {asking && <BlockDialog texterId={texter.id} onDone={done} />}
    </DetailSection>
  );
}

function Standing({ texterId, block, waiting }: { texterId: string; block: Block; waiting: boolean }) {
  const me = useMe();
  const now = useMinute();
  const approve = useApproveBlock(texterId);
  const end = useBlock(texterId);
  const own = block.askedBy === me.id;

  return (
    <>
      <p className={classes.state} data-waiting={waiting}>
        {waiting ? texts.blockStateWaiting : texts.blockStateInForce}
      </p>
      <p className={classes.reason}>{block.reason ?? texts.blockReasonUnreadable}</p>
      <p className={classes.fact} title={fullTime(block.askedAt)}>
        {texts.blockAskedBy(own ? texts.you : (block.askedByName ?? texts.someone), ago(block.askedAt, now))}
      </p>
      {!waiting && <p className={classes.fact}>{texts.blockApprovedBy(block.approvedBy === me.id ? texts.you : (block.approvedByName ?? texts.someone))}</p>}
      <p className={classes.fact}>{block.until == null ? texts.blockEndsNever : texts.blockEnds(endOf(block.until))}</p>
      {waiting && own && <p className={classes.fact}>{texts.blockOwn}</p>}
      <div className={classes.buttons}>
        {waiting && may.approve(me, block) && (
          <Button
            size="compact-md"
            loading={approve.isPending}
            onClick={() => approve.mutate(undefined, { onSuccess: () => announce(texts.blockApproved) })}
          >
            {texts.blockApprove}
          </Button>
        )}
        {may.block(me) && (
          <Button
            size="compact-md"
            variant="default"
            loading={end.isPending}
            onClick={() => end.mutate(null, { onSuccess: () => announce(texts.blockEnded) })}
          >
            {waiting && own ? texts.blockTakeBack : texts.blockEnd}
          </Button>
        )}
      </div>
      <InlineError error={approve.error ?? end.error} />
    </>
  );
}
