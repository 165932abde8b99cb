import { Button } from '@mantine/core';

import type { Conversation } from '@/shared/api/types';
import { clockOf, spokenDuration } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { RiskBadge } from '@/shared/ui/risk-badge';
import { InlineError } from '@/shared/ui/states';
import { Summary } from '@/shared/ui/summary';
import { useNow } from '@/shared/ui/use-now';

import { useAccept, useCancelOffer, useDecline } from './api';
import classes from './banner.module.css';
import { texts } from './lifecycle-texts';
import type { Acts } from './acts';

type Props = { conversation: Conversation; acts: Acts };

/** For whoever is offered a conversation: what they need to know to say yes or no, and the two words. */
export function ReceivedOffer({ conversation, acts }: Props) {
  const { id, transfer, handOff, responderName, riskLevel } = conversation;
  const accept = useAccept(id);
  const decline = useDecline(id);
  const who = responderName ?? texts.somebody;
  const busy = accept.isPending || decline.isPending;

  return (
    <section className={classes.offer} aria-labelledby="offer-title">
      <div className={classes.offerHead}>
        <h2 id="offer-title" className={classes.offerTitle}>
          {transfer?.toResponderId == null ? texts.offerTitleAll(who) : texts.offerTitle(who)}
        </h2>
        <RiskBadge level={riskLevel} />
        {transfer != null && <Countdown to={transfer.expiresAt} />}
      </div>
      {handOff != null && (
        <div>
          <p className={classes.label}>{texts.offerNote}</p>
          <blockquote className={classes.quote}>{handOff.note}</blockquote>
        </div>
      )}
      <div>
        <p className={classes.label}>{texts.offerSummary}</p>
        <div className={classes.quote}>
          <Summary conversationId={id} />
        </div>
      </div>
      <div className={classes.actions}>
        <Button loading={accept.isPending} disabled={busy} onClick={() => accept.mutate(undefined, { onSuccess: () => announce(texts.acceptedAnnounced) })}>
          {texts.accept}
        </Button>
        {acts.decline && (
          <Button
            variant="default"
            loading={decline.isPending}
            disabled={busy}
            onClick={() => decline.mutate(undefined, { onSuccess: () => announce(texts.declinedAnnounced) })}
          >
            {texts.decline}
          </Button>
        )}
      </div>
      <InlineError error={accept.error ?? decline.error} />
    </section>
  );
}

/** For whoever has offered it: to whom, for how much longer, and how to take it back. */
export function SentOffer({ conversation, acts }: Props) {
  const { id, transfer } = conversation;
  const cancel = useCancelOffer(id);
  if (transfer == null) return null;

  return (
    <div className={classes.banner} data-tone="attention" role="note">
      <p className={classes.words}>
        <strong>{transfer.toResponderName == null ? texts.offeredToAll : texts.offeredTo(transfer.toResponderName)}</strong> ·{' '}
        <Countdown to={transfer.expiresAt} /> · {texts.stillYours}
      </p>
      {acts.cancelOffer && (
        <Button
          size="compact-md"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(undefined, { onSuccess: () => announce(texts.offerCancelled) })}
        >
          {texts.cancelOffer}
        </Button>
      )}
      <InlineError error={cancel.error} />
    </div>
  );
}

/** Ticks for the eye; a screen reader gets it in minutes, and only when it asks. */
export function Countdown({ to }: { to: string }) {
  const seconds = Math.ceil((Date.parse(to) - useNow().getTime()) / 1000);
  if (seconds <= 0) return <span className={classes.clock}>{texts.lapsing}</span>;
  return (
    <span className={classes.clock}>
      <span aria-hidden="true">{texts.lapsesIn(clockOf(seconds))}</span>
      <span className="visually-hidden">{texts.lapsesInSpoken(spokenDuration(seconds))}</span>
    </span>
  );
}
