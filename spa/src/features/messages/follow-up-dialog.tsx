import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';

import { appointmentInFull, zoneName } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { Dialog } from '@/shared/ui/dialog';
import { InlineError } from '@/shared/ui/states';

import { usePlanFollowUp } from './api';
import { Counter } from './counter';
import classes from './follow-up.module.css';
import { fromField, inDays, inHours, isPlannable, toField } from './follow-up-times';
import { longestReply } from './limits';
import { texts } from './texts';

type Props = { conversationId: string; isSms: boolean; onDone: () => void };

/** When the texter is written to again, and with what words. */
export function FollowUpDialog({ conversationId, isSms, onDone }: Props) {
  const plan = usePlanFollowUp(conversationId);
  const [opened] = useState(() => new Date());
  const [when, setWhen] = useState('');
  const [message, setMessage] = useState('');
  const [asked, setAsked] = useState(false);
  const at = fromField(when);
  const badTime = at === null || !isPlannable(at, new Date());
  const badMessage = message.trim() === '' || message.length > longestReply;

  const picks = [
    { label: texts.inHours(3), value: inHours(opened, 3) },
    { label: texts.tomorrow, value: inDays(opened, 1) },
    { label: texts.inAWeek, value: inDays(opened, 7) },
  ];

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (at === null || badTime || badMessage) return;
    plan.mutate(
      { scheduledFor: at.toISOString(), message: message.trim() },
      {
        onSuccess: () => {
          announce(texts.followUpPlanned(appointmentInFull(at.toISOString())));
          onDone();
        },
      },
    );
  }

  return (
    <Dialog title={texts.followUpTitle} closeLabel={texts.followUpKeep} onClose={onDone}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <p className={classes.lead}>{texts.followUpText}</p>
          <div>
            <TextInput
              type="datetime-local"
              label={texts.followUpWhen}
              description={texts.followUpZone(zoneName(at ?? opened))}
              data-autofocus
              min={toField(opened)}
              value={when}
              onChange={(event) => setWhen(event.currentTarget.value)}
              error={asked && badTime ? texts.followUpPast : undefined}
            />
            <div className={classes.picks} role="group" aria-label={texts.followUpPicks}>
              {picks.map(({ label, value }) => (
                <Button key={label} size="compact-sm" variant="default" aria-pressed={when === value} onClick={() => setWhen(value)}>
                  {label}
                </Button>
              ))}
            </div>
          </div>
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
          <InlineError error={plan.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {texts.followUpKeep}
            </Button>
            <Button type="submit" loading={plan.isPending}>
              {texts.followUpConfirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
