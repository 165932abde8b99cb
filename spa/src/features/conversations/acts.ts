import type { Conversation, User } from '@/shared/api/types';

/** What the person before the screen can do with a conversation, from what the server offers them and from nothing else. */
export type Acts = {
  handOver: boolean;
  cancelOffer: boolean;
  accept: boolean;
  decline: boolean;
  /** The kinds of help that can be brought in. */
  escalate: ('medical' | 'police')[];
  wrapUp: boolean;
  /** Goes on with a report that has been begun. */
  report: boolean;
  returnToQueue: boolean;
  /** A responder has to say why; a supervisor may. */
  mustSayWhy: boolean;
  close: boolean;
};

export function actsOf({ state, availableTransitions }: Conversation, me: User): Acts {
  const offered = new Set(availableTransitions);
  const any = (...names: string[]) => names.some((name) => offered.has(name));
  return {
    handOver: any('transfer_to_responder'),
    cancelOffer: any('cancel_transfer'),
    accept: any('accept_transfer'),
    decline: any('decline_transfer'),
    escalate: [...(any('escalate_to_medical') ? (['medical'] as const) : []), ...(any('escalate_to_police') ? (['police'] as const) : [])],
    wrapUp: any('begin_wrap_up'),
    report: state === 'wrap_up' && any('close_from_wrap_up', 'schedule_follow_up'),
    returnToQueue: any('return_to_queue'),
    mustSayWhy: me.role === 'responder',
    close: any('close_from_active', 'close_from_followup'),
  };
}
