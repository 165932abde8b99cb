import { bodyFrom, type SurveyDraft } from './draft';
import type { QuestionBody, SurveyLanguage } from './types';

// What the server says around a question, so that a survey can be seen before it is saved. The words are the server's.
const around: Record<SurveyLanguage, Record<QuestionBody['kind'], (question: QuestionBody) => string> & { skip: string; thanks: string }> = {
  en: {
    scale: ({ options: [lowest, highest] }) => `Reply ${lowest ?? ''}-${highest ?? ''}`,
    choice: ({ options }) => `Reply 1-${options.length}`,
    yes_no: () => 'Reply YES or NO',
    text: () => 'Reply in your own words',
    skip: ', SKIP or STOP SURVEY.',
    thanks: 'Thank you. That was the last question.',
  },
  es: {
    scale: ({ options: [lowest, highest] }) => `Responde ${lowest ?? ''}-${highest ?? ''}`,
    choice: ({ options }) => `Responde 1-${options.length}`,
    yes_no: () => 'Responde SI o NO',
    text: () => 'Responde con tus palabras',
    skip: ', SALTAR o BASTA.',
    thanks: 'Gracias. Esa era la última pregunta.',
  },
};

/** A question as the phone shows it: its place among all, its words, what can be chosen, and how to answer, to skip and to stop. */
export function asTexted(question: QuestionBody, number: number, of: number, language: SurveyLanguage): string {
  const words = around[language];
  const choices = question.kind === 'choice' ? `${question.options.map((option, index) => `\n${index + 1} ${option}`).join('')}\n` : ' ';
  return `${number}/${of} ${question.text}${choices}${words[question.kind](question)}${words.skip}`;
}

/** All that a texter who answers every question gets to read. */
export function dialogueOf(draft: SurveyDraft): string[] {
  const { questions, language } = bodyFrom(draft);
  return [...questions.map((question, index) => asTexted(question, index + 1, questions.length, language)), around[language].thanks];
}
