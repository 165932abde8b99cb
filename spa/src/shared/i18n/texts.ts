import { locale, region, type Locale } from './locale';

/** A feature's words, one dictionary per language, all of the same shape. */
export function defineTexts<T>(byLocale: Record<Locale, T>): T {
  return byLocale[locale];
}

/** The word for a value the server sends; undefined for a value this release does not know. */
export const wordFor = (words: Record<string, string>, value: string | number): string | undefined => words[value];

const pluralRules = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(region);

/** `plural(3, { one: '# message', other: '# messages' })` is “3 messages”. */
export function plural(count: number, forms: { one: string; other: string }): string {
  const form = pluralRules.select(count) === 'one' ? forms.one : forms.other;
  return form.replace('#', numbers.format(count));
}
