import { bodyFrom, type QuestionBody, type SurveyDraft, type SurveyLanguage } from './draft';
import { phrases } from './phrases.gen';

/** The server's words with what belongs into them: “Reply {0}-{1}”. */
const filled = (phrase: string, ...values: (string | number | undefined)[]) =>
  phrase.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ''));

function howToAnswer({ kind, options }: QuestionBody, language: SurveyLanguage): string {
  const words = phrases[language];
  switch (kind) {
    case 'scale':
      return filled(words.number, options[0], options[1]);
    case 'choice':
      return filled(words.oneOf, options.length);
    case 'yes_no':
      return words.yesOrNo;
    case 'text':
      return words.ownWords;
  }
}

/** A question as the phone shows it: its place among all, its words, what can be chosen, and how to answer, to skip and to stop. */
export function asTexted(question: QuestionBody, number: number, of: number, language: SurveyLanguage): string {
  const choices = question.kind === 'choice' ? `${question.options.map((option, index) => `\n${index + 1} ${option}`).join('')}\n` : ' ';
  return `${number}/${of} ${question.text}${choices}${howToAnswer(question, language)}${phrases[language].thenSkipOrStop}`;
}

/** All that a texter who answers every question gets to read. */
export function dialogueOf(draft: SurveyDraft): string[] {
  const { questions, language } = bodyFrom(draft);
  return [...questions.map((question, index) => asTexted(question, index + 1, questions.length, language)), phrases[language].thanks];
}
