import type { TimelineEntry } from '@/shared/api/types';
import { duration } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';

import { stateWords } from './texts';
import { texts } from './timeline-texts';

export type TimelineLine = { key: string; at: string; text: string };

const ends = ['accept_transfer', 'decline_transfer', 'cancel_transfer'];
const mergedSteps = ['opened', 'resolved'];

/** The log in plain words, the oldest first. An offer and what became of it are one line; so are an escalation and its first step. */
export function linesOf(entries: TimelineEntry[]): TimelineLine[] {
  const lines: TimelineLine[] = [];
  let offer: { line: TimelineLine; entry: TimelineEntry } | null = null;

  entries.forEach((entry, index) => {
    if (entry.kind === 'escalation' && mergedSteps.includes(entry.event)) return;
    if (offer !== null && ends.includes(entry.event)) {
      offer.line.text = texts.offerEnded(offer.line.text, endOf(entry, offer.entry), duration(secondsBetween(offer.entry.at, entry.at)));
      offer = null;
      return;
    }
    const line = { key: `${index} ${entry.event}`, at: entry.at, text: wordsOf(entry) };
    lines.push(line);
    if (entry.event === 'transfer_to_responder') offer = { line, entry };
  });
  return lines;
}

function endOf(end: TimelineEntry, offer: TimelineEntry): string {
  if (end.event === 'cancel_transfer') return texts.withdrawn;
  if (end.event === 'decline_transfer') return end.reason === 'timed_out' ? texts.lapsed : texts.declined;
  return offer.aboutId === null || offer.aboutId === undefined ? texts.acceptedBy(nameOf(end.actorName)) : texts.accepted;
}

function wordsOf(entry: TimelineEntry): string {
  const { kind, event, reason } = entry;
  const who = nameOf(entry.actorName);
  const about = nameOf(entry.aboutName);
  if (kind === 'escalation') return wordFor(stepsOf(who), event) ?? texts.unknown(event);

  switch (event) {
    case 'assign_responder':
      return entry.actorId == null ? texts.given(about) : texts.took(who);
    case 'transfer_to_responder':
      return entry.aboutId == null ? texts.offeredToAll(who) : texts.offered(who, about);
    case 'return_to_queue':
      if (reason === 'responder_gone') return texts.returnedGone(about);
      if (reason === 'texter_wrote') return texts.returnedTexter(about);
      return entry.aboutId != null && entry.aboutId !== entry.actorId ? texts.takenBack(who, about) : texts.returned(who);
    case 'resume':
      return texts.resumed(about);
    case 'schedule_follow_up':
      if (entry.agreed == null) return texts.planned(who);
      return entry.agreed ? texts.plannedAgreed(who) : texts.plannedNotAgreed(who);
    case 'close_from_followup':
      return entry.actorId == null ? texts.closedByItself : texts.closed(who);
    default:
      return wordFor(plainOf(who), event) ?? (entry.toState == null ? texts.unknown(event) : texts.moved(stateWords(entry.toState)));
  }
}

const plainOf = (who: string): Record<string, string> => ({
  route_message: texts.queued,
  start_conversation: texts.began(who),
  timeout_expire: texts.expired,
  send_entry_survey: texts.survey,
  accept_transfer: texts.tookOver(who),
  decline_transfer: texts.offerDeclined,
  cancel_transfer: texts.offerWithdrawn,
  escalate_to_medical: texts.medical(who),
  escalate_to_police: texts.police(who),
  resolve_escalation: texts.resolved(who),
  resolve_police_escalation: texts.resolved(who),
  begin_wrap_up: texts.wrapUp(who),
  trigger_follow_up: texts.sent,
  close_from_active: texts.closed(who),
  close_from_wrap_up: texts.closed(who),
  close_opted_out: texts.optedOut,
  fail: texts.failed,
});

const stepsOf = (who: string): Record<string, string> => ({
  notified: texts.notified,
  acknowledged: texts.acknowledged(who),
  contacted: texts.contacted(who),
  changed: texts.changed(who),
  reminded: texts.reminded,
});

const nameOf = (name: string | null | undefined) => name ?? texts.somebody;

const secondsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;
