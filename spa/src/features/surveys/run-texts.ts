import { defineTexts, plural, wordFor } from '@/shared/i18n/texts';

export const texts = defineTexts({
  en: {
    title: 'Surveys',
    none: 'Nothing has been asked in this conversation.',
    types: { entry: 'Entry', exit: 'Exit' },
    status: {
      running: 'Running',
      paused: 'Paused: you are talking',
      completed: 'Completed',
      stopped: 'Stopped by the texter',
      expired: 'No answer in time',
      interrupted: 'Broken off',
    },
    progress: (done: number, of: number) => `${done} of ${of}`,
    progressLabel: (title: string) => `Progress of ${title}`,
    answers: (title: string) => `Answers to ${title}`,
    counts: (answered: number, skipped: number) => (skipped === 0 ? `${answered} answered` : `${answered} answered, ${skipped} skipped`),
    yes: 'Yes',
    no: 'No',
    asked: 'Waiting for the answer',
    open: 'Not asked',
    openYet: 'Not asked yet',
    skipped: 'Skipped',
    unreadable: 'The answer cannot be read.',
    alert: 'Raised an alert',

    send: { entry: 'Send the entry survey…', exit: 'Send the exit survey…' },
    askOn: 'Go on asking',
    askedOn: 'The question is asked again.',
    confirm: (title: string, questions: number) => plural(questions, { one: `“${title}” is texted: # question.`, other: `“${title}” is texted, one of # questions at a time.` }),
    danger: 'They may be in danger. Talk first, ask later.',
    sendNow: 'Send it',
    notNow: 'Not now',
    sent: 'The survey is sent.',
    whyNot: {
      nothing: 'The program has no survey in use.',
      noEntry: 'The program has no entry survey in use.',
      noExit: 'The program has no exit survey in use.',
      stopped: 'The texter has asked for no more messages, so nothing can be asked.',
      notNow: 'A survey can be sent while the conversation is active (entry) or being wrapped up (exit).',
      running: 'One survey runs at a time.',
    },

    stillRunning: { entry: 'The entry survey is still running', exit: 'The exit survey is still running' },
    stillRunningProgress: (done: number, of: number) => ` (${done} of ${of}).`,
    stillRunningText: 'Closing ends it. An answer that comes afterwards opens a new conversation.',
  },
});

export const typeWord = (type: string) => wordFor(texts.types, type) ?? type;

export const statusWord = (status: string) => wordFor(texts.status, status) ?? status;
