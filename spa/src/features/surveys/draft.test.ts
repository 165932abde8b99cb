import { expect, test } from 'vitest';

import type { Survey } from '@/shared/api/types';

import { asTexted, dialogueOf } from './as-texted';
import { answersOf, bodyFrom, draftOf, faultsOf, moved, newQuestion, newSurvey, type QuestionBody, type QuestionDraft, questionFrom, withChoice } from './draft';

const question = (but: Partial<QuestionDraft> = {}): QuestionDraft => ({ ...newQuestion(), key: 'k', text: 'How are you?', ...but });

const survey: Survey = {
  id: 's1',
  programId: 'program',
  type: 'exit',
  title: 'Afterwards',
  language: 'es',
  status: 'inactive',
  expiresAfterMinutes: 60,
  questions: [
    { id: 'q1', text: '¿Cómo estás?', kind: 'scale', options: ['0', '10'], required: true, alertOn: ['0'], preview: '' },
    { id: 'q2', text: '¿Quién ayudó?', kind: 'choice', options: ['Mamá', 'Nadie'], required: false, alertOn: ['Nadie'], preview: '' },
    { id: 'q3', text: '¿Algo más?', kind: 'text', options: [], required: false, alertOn: [], preview: '' },
  ],
  affiliateId: 'affiliate',
  wordingVersion: 1,
  version: 1,
  createdAt: '2026-01-05T08:00:00Z',
  updatedAt: '2026-01-05T08:00:00Z',
};

test('what is read and not touched is saved as it was, ids and all', () => {
  const { title, programId, type, language, status, expiresAfterMinutes, questions } = survey;
  const asked = questions.map(({ id, text, kind, options, required, alertOn }) => ({ id, text, kind, options, required, alertOn }));
  expect(bodyFrom(draftOf(survey))).toEqual({ title, programId, type, language, status, expiresAfterMinutes, questions: asked });
});

test.each<[Partial<QuestionDraft>, Partial<QuestionBody>]>([
  [{ kind: 'scale', lowest: '0', highest: ' 3 ' }, { options: ['0', '3'] }],
  [{ kind: 'choice', choices: [' School ', 'Home'] }, { options: ['School', 'Home'] }],
  [{ kind: 'yes_no', choices: ['left', 'over'] }, { options: [] }],
  [{ kind: 'text', alertOn: ['yes'] }, { options: [], alertOn: [] }],
  [{ kind: 'choice', choices: ['Home', 'School'], alertOn: ['Home', 'Gone'] }, { alertOn: ['Home'] }],
])('of %j is sent %j', (draft, body) => {
  expect(questionFrom(question(draft))).toMatchObject(body);
});

test.each<[Partial<QuestionDraft>, string[]]>([
  [{ kind: 'scale', lowest: '1', highest: '4' }, ['1', '2', '3', '4']],
  [{ kind: 'scale', lowest: '5', highest: '1' }, []],
  [{ kind: 'scale', lowest: '0', highest: '100' }, []],
  [{ kind: 'yes_no' }, ['yes', 'no']],
  [{ kind: 'choice', choices: ['A', '', 'A', 'B'] }, ['A', 'B']],
  [{ kind: 'text' }, []],
])('%j can be answered with %j', (draft, answers) => {
  expect(answersOf(question(draft))).toEqual(answers);
});

test('an option that is renamed goes on raising the alarm', () => {
  const before = question({ kind: 'choice', choices: ['Bad', 'Good'], alertOn: ['Bad'] });
  expect(withChoice(before, 0, 'Very bad').alertOn).toEqual(['Very bad']);
});

test.each<[string, number, number, string]>([
  ['down', 0, 1, 'bac'],
  ['up', 2, 1, 'acb'],
  ['to the end', 0, 2, 'bca'],
  ['not over the top', 0, -1, 'abc'],
  ['not over the end', 2, 3, 'abc'],
])('a question moves %s', (_, from, to, expected) => {
  expect(moved(['a', 'b', 'c'], from, to).join('')).toBe(expected);
});

const good = { ...newSurvey('program'), title: 'Hello', questions: [question()] };

test.each<[string, Partial<typeof good>, Record<string, string>]>([
  ['in order', {}, {}],
  ['without a program', { programId: '' }, { program: 'program' }],
  ['without a title', { title: ' ' }, { title: 'title' }],
  ['with a wait of nothing', { minutes: '0' }, { minutes: 'minutes' }],
  ['with a wait of more than a week', { minutes: '10081' }, { minutes: 'minutes' }],
  ['without questions', { questions: [] }, { questions: 'questions' }],
  ['with an unsaid question', { questions: [question({ text: ' ' })] }, { 'k text': 'text' }],
  ['with a scale upside down', { questions: [question({ lowest: '5', highest: '1' })] }, { 'k options': 'scale' }],
  ['with a scale of halves', { questions: [question({ highest: '2.5' })] }, { 'k options': 'scale' }],
  ['with one option', { questions: [question({ kind: 'choice', choices: ['A'] })] }, { 'k options': 'choices' }],
  ['with a nameless option', { questions: [question({ kind: 'choice', choices: ['A', ' '] })] }, { 'k options': 'choices' }],
  ['with the same option twice', { questions: [question({ kind: 'choice', choices: ['Yes', 'yes '] })] }, { 'k options': 'choice_twice' }],
])('a survey %s', (_, but, faults) => {
  expect(Object.fromEntries(faultsOf({ ...good, ...but }))).toEqual(faults);
});

const asked = (but: Partial<QuestionBody>): QuestionBody => ({ text: 'How are you?', kind: 'scale', options: ['1', '5'], required: false, alertOn: [], ...but });

test.each<[Partial<QuestionBody>, string]>([
  [{}, '1/3 How are you? Reply 1-5, SKIP or STOP SURVEY.'],
  [{ kind: 'yes_no', options: [] }, '1/3 How are you? Reply YES or NO, SKIP or STOP SURVEY.'],
  [{ kind: 'text', options: [] }, '1/3 How are you? Reply in your own words, SKIP or STOP SURVEY.'],
  [{ kind: 'choice', options: ['Well', 'Badly'] }, '1/3 How are you?\n1 Well\n2 Badly\nReply 1-2, SKIP or STOP SURVEY.'],
])('the phone shows %j as the server sends it', (but, text) => {
  expect(asTexted(asked(but), 1, 3, 'en')).toBe(text);
});

test('in Spanish, and thanked at the end', () => {
  expect(dialogueOf(draftOf(survey))).toEqual([
    '1/3 ¿Cómo estás? Responde 0-10, SALTAR o BASTA.',
    '2/3 ¿Quién ayudó?\n1 Mamá\n2 Nadie\nResponde 1-2, SALTAR o BASTA.',
    '3/3 ¿Algo más? Responde con tus palabras, SALTAR o BASTA.',
    'Gracias. Esa era la última pregunta.',
  ]);
});
