// What the survey routes take and give, written by hand until the generated document describes them.

export type SurveyType = 'entry' | 'exit';
export type SurveyLanguage = 'en' | 'es';
export type SurveyStatus = 'active' | 'inactive';
export type QuestionKind = 'scale' | 'choice' | 'text' | 'yes_no';

export type QuestionBody = {
  id?: string;
  text: string;
  kind: QuestionKind;
  /** What can be chosen; the lowest and the highest number of a scale; empty for the other kinds. */
  options: string[];
  required: boolean;
  /** Answers of which the responder and the supervisors are told at once. */
  alertOn: string[];
};

export type SurveyBody = {
  programId: string;
  type: SurveyType;
  title: string;
  language: SurveyLanguage;
  status: SurveyStatus;
  expiresAfterMinutes: number | null;
  questions: QuestionBody[];
};

export type Survey = Omit<SurveyBody, 'questions' | 'expiresAfterMinutes'> & {
  id: string;
  expiresAfterMinutes: number;
  questions: (QuestionBody & { id: string })[];
  updatedAt: string;
};

export type SurveyPage = { items: Survey[]; nextCursor?: string | null };

export type AnswerCount = { value: string; count: number };

export type QuestionDay = { date: string; answered: number; mean?: number | null; counts: AnswerCount[] };

export type QuestionResult = {
  id: string;
  text: string;
  kind: QuestionKind;
  answered: number;
  skipped: number;
  /** Of a scale. */
  mean?: number | null;
  /** For each option, number or yes and no; empty for texters' own words, which are not listed. */
  counts: AnswerCount[];
  days: QuestionDay[];
};

/** One for each survey and wording that texters were asked. */
export type SurveyResult = {
  surveyId: string;
  wordingVersion: number;
  programId: string;
  type: SurveyType;
  title: string;
  started: number;
  running: number;
  completed: number;
  stopped: number;
  expired: number;
  interrupted: number;
  /** Of those that have ended, from 0 to 1; null while none has. */
  completionRate?: number | null;
  unreadable: number;
  questions: QuestionResult[];
};

export type SurveyResults = { from: string; to: string; timeZone: string; truncated: boolean; surveys: SurveyResult[] };
