import type { CannedResponse } from '@/shared/api/types';
import { locale } from '@/shared/i18n/locale';

/** Accents and case are nobody's to remember while a texter waits. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase(locale);

/** Those whose title or text has every word that is sought; those whose title has them all come first, then by title. */
export function found(responses: readonly CannedResponse[], sought: string): CannedResponse[] {
  const words = plain(sought).split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((word) => plain(text).includes(word));
  return responses
    .filter(({ title, body }) => has(`${title}\n${body}`))
    .map((response) => ({ response, second: !has(response.title) }))
    .sort((one, other) => Number(one.second) - Number(other.second) || one.response.title.localeCompare(other.response.title, locale))
    .map(({ response }) => response);
}
