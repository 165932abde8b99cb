import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { texterQuery } from '@/shared/api/texters';
import type { Conversation, ConversationSurveys } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { InlineError } from '@/shared/ui/states';

import { useSendSurvey } from './run-api';
import { texts } from './run-texts';
import classes from './run.module.css';
import { sendableIn } from './sendable';

const inDanger = ['high', 'imminent'];

/** Asks the texter; a second step, because what has been texted cannot be taken back. */
export function SendSurvey({ conversation, surveys }: { conversation: Conversation; surveys: ConversationSurveys }) {
  const { data: texter } = useQuery(texterQuery(conversation.texterId));
  const send = useSendSurvey(conversation.id);
  const [confirming, setConfirming] = useState(false);
  const sendable = sendableIn(conversation, surveys, texter?.stopped ?? false);

  if ('whyNot' in sendable) return <p className={classes.whyNot}>{sendable.whyNot}</p>;
  if ('goOn' in sendable) {
    return (
      <div className={classes.send}>
        <Button
          variant="default"
          size="compact-sm"
          loading={send.isPending}
          onClick={() => send.mutate(sendable.goOn, { onSuccess: () => announce(texts.askedOn) })}
        >
          {texts.askOn}
        </Button>
        <InlineError error={send.error} />
      </div>
    );
  }

  const { type, title, questions } = sendable.survey;
  function sendIt() {
    send.mutate(type, {
      onSuccess: () => {
        setConfirming(false);
        announce(texts.sent);
      },
    });
  }

  return (
    <div className={classes.send}>
      {confirming ? (
        <div className={classes.confirm} role="group" aria-label={texts.send[type === 'exit' ? 'exit' : 'entry']}>
          <p>{texts.confirm(title, questions)}</p>
          {inDanger.includes(conversation.riskLevel) && <p className={classes.danger}>{texts.danger}</p>}
          <div className={classes.buttons}>
            <Button size="compact-sm" loading={send.isPending} onClick={sendIt}>
              {texts.sendNow}
            </Button>
            <Button size="compact-sm" variant="subtle" disabled={send.isPending} ref={focusAtOnce} onClick={() => setConfirming(false)}>
              {texts.notNow}
            </Button>
          </div>
        </div>
      ) : (
        <Button variant="default" size="compact-sm" onClick={() => setConfirming(true)}>
          {texts.send[type === 'exit' ? 'exit' : 'entry']}
        </Button>
      )}
      <InlineError error={send.error} />
    </div>
  );
}

/** Whoever presses a key twice by mistake sends nothing. */
const focusAtOnce = (button: HTMLButtonElement | null) => button?.focus();
