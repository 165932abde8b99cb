import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';

import type { Conversation } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { PanelHeader } from '@/shared/ui/panel-header';
import { RiskBadge } from '@/shared/ui/risk-badge';

import { offersQuery } from './api';
import { texts } from './lifecycle-texts';
import classes from './lists.module.css';
import { Countdown } from './offer-banner';
import { texterName } from './texter-name';

/** What colleagues offer. It stands above the queue while there is something, and takes no room otherwise. */
export function OffersList({ openId }: { openId: string | undefined }) {
  const { data: offers = [] } = useQuery(offersQuery);
  if (offers.length === 0) return null;

  return (
    <section className={classes.offers} aria-labelledby="offers-title" data-fixed="">
      <PanelHeader id="offers-title" title={texts.offersTitle} count={String(offers.length)} spokenCount={texts.offersCount(offers.length)} />
      <ul className={classes.list} aria-label={texts.offersList}>
        {offers.map((offer) => (
          <OfferRow key={offer.id} offer={offer} open={offer.id === openId} />
        ))}
      </ul>
    </section>
  );
}

const OfferRow = ({ offer, open }: { offer: Conversation; open: boolean }) => (
  <li>
    <Link className={classes.row} to={`/desk/${offer.id}`} aria-current={open ? 'page' : undefined} data-list-item="">
      <span className={classes.line}>
        <span className={classes.name}>{texterName(offer)}</span>
        <RiskBadge level={offer.riskLevel} />
      </span>
      <span className={classes.line}>
        <span className={classes.about}>{texts.offeredBy(offer.responderName ?? texts.somebody)}</span>
        {offer.transfer != null && (
          <span className={classes.when}>
            <Countdown to={offer.transfer.expiresAt} />
          </span>
        )}
      </span>
    </Link>
  </li>
);

/** Tells of each new offer, in words and by what the caller does; gives how many there are. */
export function useOfferArrivals(onArrival: () => void, enabled: boolean): number {
  const offers = useQuery({ ...offersQuery, enabled }).data;
  const known = useRef<Set<string> | null>(null);

  useEffect(() => {
    if (offers === undefined) return;
    const arrived = offers.filter((offer) => known.current !== null && !known.current.has(keyOf(offer)));
    known.current = new Set(offers.map(keyOf));
    if (arrived.length === 0) return;
    arrived.forEach((offer) => announce(texts.offerArrived(offer.responderName ?? texts.somebody)));
    onArrival();
  }, [offers, onArrival]);

  return offers?.length ?? 0;
}

/** The same conversation offered again is a new offer. */
const keyOf = ({ id, transfer }: Conversation) => `${id} ${transfer?.offeredAt ?? ''}`;
