/** The languages the desk speaks. Adding one makes the compiler point at every dictionary that still lacks it. */
export type Locale = 'en';

const spoken: readonly Locale[] = ['en'];

function preferred(): Locale {
  const wanted = navigator.languages.map((language) => language.slice(0, 2));
  return spoken.find((locale) => wanted.includes(locale)) ?? 'en';
}

export const locale: Locale = preferred();

/** For numbers and dates the region counts too: 24-hour clocks and day before month, where the person is used to them. */
export const region: string = navigator.languages.find((language) => language.startsWith(locale)) ?? locale;
