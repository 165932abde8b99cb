import { Button, Checkbox, Group, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useState } from 'react';

import type { FollowUps } from '@/shared/api/types';
import { appointmentInFull } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { Counter } from '@/shared/ui/counter';
import { Dialog } from '@/shared/ui/dialog';
import { ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';

import { followUpsQuery, usePlanFollowUp } from './api';
import classes from './follow-up.module.css';
import { isPlannable } from './follow-up-times';
import { longestReply } from './limits';
import { texts } from './texts';

/** What the field for the time is given: the clock that holds, and what is chosen. */
export type TimeField = {
  zone: string;
  zoneKnown: boolean;
  quietHours: { from: string; to: string } | undefined;
  value: Date | null;
  onChange: (value: Date | null) => void;
  error: string | undefined;
};

type Props = { conversationId: string; isSms: boolean; time: (field: TimeField) => ReactNode; onDone: () => void };

/** When the texter is written to again, with what words, and whether they have said yes to it. */
export function FollowUpDialog(props: Props) {
  const hours = useQuery(followUpsQuery(props.conversationId));
  return (
    <Dialog title={texts.followUpTitle} closeLabel={texts.followUpKeep} onClose={props.onDone}>
      {hours.data === undefined ? (
        hours.isError ? <ErrorState error={hours.error} onRetry={() => void hours.refetch()} /> : <LoadingRows rows={3} height={48} />
      ) : (
        <Form {...props} hours={hours.data} />
      )}
    </Dialog>
  );
}

function Form({ conversationId, isSms, time, onDone, hours }: Props & { hours: FollowUps }) {
  const plan = usePlanFollowUp(conversationId);
  const [at, setAt] = useState<Date | null>(null);
  const [message, setMessage] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [asked, setAsked] = useState(false);
  const [warned, setWarned] = useState(false);
  const { timeZone, timeZoneKnown, quietHours } = hours;
  const badTime = at === null || !isPlannable(at, new Date());
  const badMessage = message.trim() === '' || message.length > longestReply;

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (badTime || badMessage) return;
    // Without their agreement it takes a second press, on a button that says what it does.
    if (!agreed && !warned) {
      setWarned(true);
      return;
    }
    plan.mutate(
      { scheduledFor: at.toISOString(), message: message.trim(), agreed },
      {
        onSuccess: ({ followUpAt }) => {
          announce(texts.followUpPlanned(appointmentInFull(followUpAt ?? at.toISOString())));
          onDone();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <p className={classes.lead}>
          {texts.followUpText} {quietHours != null && texts.followUpQuiet(quietHours.from, quietHours.to)}
        </p>
        {time({
          zone: timeZone,
          zoneKnown: timeZoneKnown,
          quietHours: quietHours ?? undefined,
          value: at,
          onChange: setAt,
          error: asked && badTime ? texts.followUpPast : undefined,
        })}
        <div>
          <Textarea
            label={texts.followUpMessage}
            autosize
            minRows={3}
            maxRows={8}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
            error={asked && badMessage ? texts.followUpMessageMissing : undefined}
          />
          <div className={classes.counter}>
            <Counter content={message} limit={longestReply} isSms={isSms} />
          </div>
        </div>
        <Checkbox
          label={texts.followUpAgreed}
          description={texts.followUpAgreedHint}
          checked={agreed}
          onChange={(event) => {
            setAgreed(event.currentTarget.checked);
            setWarned(false);
          }}
        />
        {warned && (
          <p className={classes.warning} role="alert">
            {texts.followUpNotAgreed}
          </p>
        )}
        <InlineError error={plan.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {texts.followUpKeep}
          </Button>
          <Button type="submit" loading={plan.isPending}>
            {warned ? texts.followUpConfirmAnyway : texts.followUpConfirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
