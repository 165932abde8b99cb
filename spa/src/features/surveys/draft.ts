import type { Survey, SurveyBody } from '@/shared/api/types';

const types = ['entry', 'exit'] as const;
const languages = ['en', 'es'] as const;
const statuses = ['active', 'inactive'] as const;
const kinds = ['scale', 'choice', 'text', 'yes_no'] as const;

export type SurveyType = (typeof types)[number];
export type SurveyLanguage = (typeof languages)[number];
export type SurveyStatus = (typeof statuses)[number];
export type QuestionKind = (typeof kinds)[number];

/** A question as it is sent to the server. */
export type QuestionBody = { id?: string; text: string; kind: QuestionKind; options: string[]; required: boolean; alertOn: string[] };

export const limits = { title: 200, question: 1_000, option: 200, options: 20, questions: 30, highest: 100, minutes: 7 * 24 * 60 };

/** A question as it is being written: what each kind needs is kept while one tries another. */
export type QuestionDraft = {
  key: string;
  id: string | undefined;
  text: string;
  kind: QuestionKind;
  lowest: string;
  highest: string;
  choices: string[];
  required: boolean;
  alertOn: string[];
};

export type SurveyDraft = {
  programId: string;
  type: SurveyType;
  title: string;
  language: SurveyLanguage;
  status: SurveyStatus;
  minutes: string;
  questions: QuestionDraft[];
};

export const newQuestion = (kind: QuestionKind = 'scale'): QuestionDraft => ({
  key: crypto.randomUUID(),
  id: undefined,
  text: '',
  kind,
  lowest: '1',
  highest: '5',
  choices: ['', ''],
  required: false,
  alertOn: [],
});

export const newSurvey = (programId: string): SurveyDraft => ({
  programId,
  type: 'entry',
  title: '',
  language: 'en',
  status: 'active',
  minutes: '',
  questions: [newQuestion()],
});

export const draftOf = (survey: Survey): SurveyDraft => ({
  programId: survey.programId,
  type: oneOf(types, survey.type, 'entry'),
  title: survey.title,
  language: oneOf(languages, survey.language, 'en'),
  status: oneOf(statuses, survey.status, 'inactive'),
  minutes: String(survey.expiresAfterMinutes),
  questions: survey.questions.map((question) => ({
    ...newQuestion(oneOf(kinds, question.kind, 'text')),
    id: question.id,
    text: question.text,
    ...(question.kind === 'scale' && { lowest: question.options[0] ?? '1', highest: question.options[1] ?? '5' }),
    ...(question.kind === 'choice' && { choices: question.options }),
    required: question.required,
    alertOn: question.alertOn,
  })),
});

type Drafted = Omit<SurveyBody, 'language' | 'questions'> & { language: SurveyLanguage; questions: QuestionBody[] };

/** What a newer server may send besides is shown as what it is most like. */
const oneOf = <Value extends string>(known: readonly Value[], value: string, otherwise: Value): Value =>
  known.find((each) => each === value) ?? otherwise;

export const bodyFrom = (draft: SurveyDraft): Drafted => ({
  programId: draft.programId,
  type: draft.type,
  title: draft.title.trim(),
  language: draft.language,
  status: draft.status,
  expiresAfterMinutes: draft.minutes.trim() === '' ? null : Number(draft.minutes),
  questions: draft.questions.map(questionFrom),
});

export function questionFrom(draft: QuestionDraft): QuestionBody {
  const alertable = answersOf(draft);
  return {
    ...(draft.id !== undefined && { id: draft.id }),
    text: draft.text.trim(),
    kind: draft.kind,
    options: optionsOf(draft),
    required: draft.required,
    alertOn: draft.alertOn.filter((answer) => alertable.includes(answer)),
  };
}

function optionsOf({ kind, lowest, highest, choices }: QuestionDraft): string[] {
  if (kind === 'scale') return [lowest.trim(), highest.trim()];
  return kind === 'choice' ? choices.map((choice) => choice.trim()) : [];
}

/** The most answers that are offered one by one; on a longer scale nobody would pick single numbers. */
const mostAnswers = 21;

/** Every answer that a question can have, as far as they can be foreseen. */
export function answersOf({ kind, lowest, highest, choices }: QuestionDraft): string[] {
  switch (kind) {
    case 'yes_no':
      return ['yes', 'no'];
    case 'choice':
      return [...new Set(choices.map((choice) => choice.trim()).filter((choice) => choice !== ''))];
    case 'scale': {
      const [from, to] = [bound(lowest), bound(highest)];
      if (from === null || to === null || to <= from || to - from >= mostAnswers) return [];
      return Array.from({ length: to - from + 1 }, (_, step) => String(from + step));
    }
    case 'text':
      return [];
  }
}

export function moved<Item>(items: Item[], from: number, to: number): Item[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** What is renamed goes on raising the alarm under its new name. */
export function withChoice(question: QuestionDraft, index: number, choice: string): QuestionDraft {
  const before = question.choices[index]?.trim();
  return {
    ...question,
    choices: question.choices.map((each, place) => (place === index ? choice : each)),
    alertOn: question.alertOn.map((answer) => (answer === before && choice.trim() !== '' ? choice.trim() : answer)),
  };
}

export type Fault = 'program' | 'title' | 'minutes' | 'questions' | 'text' | 'scale' | 'choices' | 'choice_twice' | 'choice_long';

/** What keeps a survey from being saved: by field, for a question by its key and the field. */
export function faultsOf(draft: SurveyDraft): Map<string, Fault> {
  const faults = new Map<string, Fault>();
  if (draft.programId === '') faults.set('program', 'program');
  if (draft.title.trim() === '' || draft.title.trim().length > limits.title) faults.set('title', 'title');
  const minutes = bound(draft.minutes, limits.minutes);
  if (draft.minutes.trim() !== '' && (minutes === null || minutes < 1)) faults.set('minutes', 'minutes');
  if (draft.questions.length === 0) faults.set('questions', 'questions');
  for (const question of draft.questions) {
    const text = question.text.trim();
    if (text === '' || text.length > limits.question) faults.set(`${question.key} text`, 'text');
    const fault = optionFault(question);
    if (fault !== null) faults.set(`${question.key} options`, fault);
  }
  return faults;
}

function optionFault({ kind, lowest, highest, choices }: QuestionDraft): Fault | null {
  if (kind === 'scale') {
    const [from, to] = [bound(lowest), bound(highest)];
    return from === null || to === null || from >= to ? 'scale' : null;
  }
  if (kind !== 'choice') return null;
  const names = choices.map((choice) => choice.trim().toLowerCase());
  if (names.length < 2 || names.includes('')) return 'choices';
  if (names.some((name) => name.length > limits.option)) return 'choice_long';
  return new Set(names).size < names.length ? 'choice_twice' : null;
}

function bound(text: string, most = limits.highest): number | null {
  const number = /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
  return number !== null && number <= most ? number : null;
}
