import { expect, test } from 'vitest';

import { ApiProblem } from './problem';
import { problemText } from './problem-texts';

test.each([
  ['auth.invalid_credentials', 401, 'That email and password do not match an account.'],
  ['auth.busy', 429, 'Too many people are signing in right now. Please try again in a few seconds.'],
  ['conversation.already_assigned', 409, 'A colleague has just taken this conversation.'],
  ['something.newer', 403, 'Your role does not allow this.'],
  ['something.newer', 409, 'In the server’s words.'],
  ['internal_error', 500, 'Something went wrong that should not have.'],
  ['http.503', 503, 'The server is not available right now.'],
])('%s (%i)', (code, status, text) => {
  expect(problemText(new ApiProblem(code, status, 'In the server’s words.'))).toBe(text);
});

test.each([
  ['auth.too_many_attempts', 1, 'There have been too many attempts. Try again in a second.'],
  ['auth.too_many_attempts', 61, 'There have been too many attempts. Try again in 2 minutes.'],
  ['request.too_many', 5, 'That was too much at once. Try again in 5 seconds.'],
])('%s says when to come back (%i)', (code, seconds, text) => {
  expect(problemText(new ApiProblem(code, 429, '', null, seconds))).toBe(text);
});

test('a mistake of our own shows no technical words', () => {
  expect(problemText(new TypeError('x is not a function'))).toBe('Something went wrong that should not have.');
});
