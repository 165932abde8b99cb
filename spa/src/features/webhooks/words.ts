import type { Webhook, WebhookDelivery } from '@/shared/api/types';
import { eventWord } from '@/shared/i18n/event-words';
import { listOf, recordTime, spanOf } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';

import { everything } from './draft';
import { texts } from './texts';

const mostNamed = 3;

/** What a webhook hears, as far as there is room for it. */
export function hearsOf({ eventTypes }: Webhook, most = mostNamed): string {
  if (eventTypes.includes(everything)) return texts.everything;
  const named = eventTypes.slice(0, eventTypes.length === most + 1 ? most + 1 : most).map(eventWord);
  const rest = eventTypes.length - named.length;
  const words = named.map((word, index) => (index === 0 ? word : word.charAt(0).toLowerCase() + word.slice(1)));
  return listOf(rest > 0 ? [...words, texts.andMore(rest)] : words);
}

export type Standing = { word: string; tone: 'on' | 'caution' | 'danger' | undefined };

/** How a webhook fares. */
export function standingOf({ status, disabledFor, failingSince }: Webhook): Standing {
  if (status !== 'active') return disabledFor == null ? { word: texts.inactive, tone: undefined } : { word: texts.switchedOff, tone: 'danger' };
  return failingSince == null ? { word: texts.active, tone: 'on' } : { word: texts.failing, tone: 'caution' };
}

/** What a webhook's admin has to know of it before all else; null while it is called and something gets through. */
export function noticeOf({ status, disabledFor, failingSince }: Webhook): string | null {
  const since = failingSince == null ? null : texts.nothingSince(recordTime(failingSince));
  if (status === 'active') return since === null ? null : [since, texts.switchedOffSoon].join(' ');
  if (disabledFor == null) return texts.inactiveNotice;
  return [disabledFor === 'gone' ? texts.goneNotice : texts.failingNotice, since].filter((part) => part !== null).join(' ');
}

export const tones: Record<string, Standing['tone']> = { delivered: 'on', waiting: 'caution', failed: 'danger' };

export const statusWord = (status: string) => wordFor(texts.statuses, status) ?? status;

/** What came of the last attempt; null before the first. */
export function outcomeOf({ lastAttemptAt, responseStatus, code, durationMilliseconds }: WebhookDelivery): string | null {
  if (lastAttemptAt == null) return null;
  const took = spanOf(durationMilliseconds ?? 0);
  if (code == null || code.startsWith('http_')) return responseStatus == null ? (code ?? '') : texts.answered(responseStatus, took);
  const why = wordFor(texts.codes, code) ?? code;
  return code === 'timeout' || code === 'unreachable' || code === 'tls' ? texts.noAnswer(why, took) : why;
}
