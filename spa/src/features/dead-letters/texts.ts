import { defineTexts, plural } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    title: 'Dead letters',
    about: 'Events that some part of the platform could not act on, however often it was tried. There are ids and types, never what was written. What was in the way is seen to first; then they are replayed.',
    emptyTitle: 'Nothing was given up',
    emptyText: 'Every event was acted on.',
    unreadable: 'Something that is no event of ours',
    unreadableWhy: 'Nothing of it was kept, so there is nothing to replay. Somebody else may be publishing to our queue.',
    reasons: { delivery_limit: 'whoever was to act on it failed every time', rejected: 'it was turned away' },
    died: (when: string, why: string, tries: string) => `Given up ${when} after ${tries}: ${why}`,
    tries: (count: number) => plural(count, { one: '# try', other: '# tries' }),
    happened: (when: string) => `happened ${when}`,
    of: (affiliate: string) => `Of ${affiliate}`,
    anAffiliate: 'an affiliate',
    event: (id: string) => `event ${id}`,
    conversation: (id: string, sequence: number | null) => (sequence === null ? `conversation ${id}` : `conversation ${id}, event number ${sequence} in it`),
    dead: 'Not acted on',
    replayed: (when: string) => `Replayed ${when}`,
    replay: 'Replay',
    replayAgain: 'Replay again',
    replayThis: (event: string, when: string) => `Replay: ${event}, given up ${when}`,
    replayDone: 'It has been acted on.',
  },
});
