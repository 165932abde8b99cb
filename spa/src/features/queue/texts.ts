import { defineTexts, plural } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    title: 'Queue',
    list: 'Waiting texters',
    takeNext: 'Take next',
    take: 'Take',
    takeThis: (wait: string) => `Take the texter waiting ${wait}`,
    waiting: (wait: string) => `Waiting ${wait}`,
    position: (position: number) => `Number ${position} in the queue`,
    count: (count: number, more: boolean) => `${more ? 'more than ' : ''}${plural(count, { one: '# texter waiting', other: '# texters waiting' })}`,
    emptyTitle: 'Nobody is waiting',
    emptyText: 'New texters appear here by themselves.',
    becomeAndTake: 'Become available and take',
    nobodyToTake: 'Nobody is waiting any more.',
    showMore: 'Show more',
    arrived: (count: number) => plural(count, { one: '# new texter is waiting.', other: '# new texters are waiting.' }),
    sound: 'Sound when a texter arrives',
    soundOn: 'Sound for new texters is on',
    soundOff: 'Sound for new texters is off',
  },
});
