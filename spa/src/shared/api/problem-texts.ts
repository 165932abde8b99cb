import { defineTexts, wordFor } from '@/shared/i18n/texts';

import { asProblem } from './problem';

/** What a refusal means to the person at the desk, by the server's stable code. */
const texts = defineTexts({
  en: {
    byCode: {
      'auth.invalid_credentials': 'That email and password do not match an account.',
      'auth.code_required': 'Enter the code of your authenticator app.',
      'auth.password_required': 'You signed in a while ago. Enter your password too.',
      'auth.link_over': 'This link has been used or has had its time. Ask for another.',
      'auth.second_factor_required': 'Set up your second factor first.',
      'auth.second_factor_enabled': 'You have a second factor already.',
      'auth.address_not_allowed': 'Admins cannot work from this address.',
      'auth.busy': 'Too many people are signing in right now. Please try again in a few seconds.',
      'auth.session_expired': 'Your session has ended. Please sign in again.',
      'caller.forbidden': 'Your role does not allow this.',
      'responder.at_capacity': 'You are holding as many conversations as you can take. Close one to take another.',
      'responder.not_available': 'You are not available, so nobody is given to you.',
      'conversation.already_assigned': 'A colleague has just taken this conversation.',
      'conversation.transition_not_allowed': 'The conversation has moved on, so this is no longer possible.',
      'conversation.held_by_another': 'Another responder holds this conversation.',
      'conversation.not_taken': 'Take this conversation first.',
      'conversation.offered_to_another': 'This handover is offered to somebody else.',
      'conversation.transfer_to_self': 'You hold this conversation yourself. Choose a colleague.',
      'conversation.texter_wrote': 'The texter has written again. Read that first.',
      'conversation.wrap_up_required': 'This program wants every conversation wrapped up before it is closed.',
      'conversation.report_incomplete': 'The program requires more before this conversation can end.',
      'program.inactive': 'That program takes nobody at present.',
      'texter.stopped': 'The texter has asked for no more messages, so this was not sent.',
      'idempotency.key_reused': 'This was already sent with other words. Please send it again.',
      'user.email_taken': 'Somebody has an account with this e-mail address.',
      'user.holds_conversations': 'Texters are waiting for this person’s answers. Close their conversations or return them to the queue first.',
      'user.in_use': 'This person has held conversations, and the records name them. Make the account inactive instead.',
      'user.inactive': 'This account is inactive. Make it active first.',
      'triage.second_person_needed': 'Somebody else than who wrote it approves it.',
      'encryption.rotation_under_way': 'The key is being replaced already. Wait until nothing is left under the old one.',
      'texter.on_hold': 'One of the texter’s conversations is held back. Let it go first.',
      'texter.conversation_open': 'The texter has an open conversation. It has to be closed first.',
      'webhook.inactive': 'The webhook is inactive and is not called. Make it active first.',
      'webhook.too_many': 'There are as many webhooks as there may be. Remove one first.',
      'event.not_replayed': 'Somebody still cannot act on it. See to what is in the way, then replay it.',
      'network.unreachable': 'The server cannot be reached. Check your connection.',
    },
    byStatus: {
      401: 'Your session has ended. Please sign in again.',
      403: 'Your role does not allow this.',
      404: 'This does not exist, or it is not yours to see.',
      412: 'Somebody else has changed this since you opened it.',
      408: 'The server took too long to answer. Please try again.',
      429: 'The server is busy. Please try again in a few seconds.',
      502: 'The server is not available right now.',
      503: 'The server is not available right now.',
    },
    tooManyAttempts: (wait: string) => `There have been too many attempts. Try again in ${wait}.`,
    tooManyRequests: (wait: string) => `That was too much at once. Try again in ${wait}.`,
    seconds: (count: number) => (count === 1 ? 'a second' : `${count} seconds`),
    minutes: (count: number) => (count === 1 ? 'a minute' : `${count} minutes`),
    unexpected: 'Something went wrong that should not have.',
  },
});

export function problemText(error: unknown): string {
  const { code, status, message, retryAfter } = asProblem(error);
  if (code === 'auth.too_many_attempts') return texts.tooManyAttempts(waitOf(retryAfter ?? 180));
  if (code === 'request.too_many' && retryAfter !== null) return texts.tooManyRequests(waitOf(retryAfter));
  const known = wordFor(texts.byCode, code) ?? wordFor(texts.byStatus, status);
  if (known !== undefined) return known;
  // Other refusals explain themselves in the server's words; a breakdown does not.
  return status >= 400 && status < 500 ? message : texts.unexpected;
}

const waitOf = (seconds: number) => (seconds < 60 ? texts.seconds(seconds) : texts.minutes(Math.ceil(seconds / 60)));
