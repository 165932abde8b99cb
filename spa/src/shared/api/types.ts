import type { paths } from './schema.gen';

type Json<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : never;

/** What a GET answers with, by its route. The names below are the house's words for them. */
type Get<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: infer Answer } } } ? Json<Answer> : never;

type Post<Path extends keyof paths> = paths[Path] extends { post: { responses: { 200: infer Answer } } } ? Json<Answer> : never;

type Sent<Path extends keyof paths, Method extends 'post' | 'put'> =
  paths[Path] extends Record<Method, { requestBody: { content: { 'application/json': infer Body } } }> ? Body : never;

export type SignedIn = Post<'/api/auth/login'>;
export type User = Get<'/api/auth/me'>;
export type OwnSession = Get<'/api/auth/sessions'>['items'][number];
export type NewSecondFactor = Post<'/api/auth/mfa/setup'>;
export type QueueEntry = Get<'/api/queue'>['items'][number];
export type Conversation = Get<'/api/conversations/{id}'>;
export type ConversationPage = Get<'/api/conversations'>;
export type MessagePage = Get<'/api/conversations/{id}/messages'>;
export type Message = MessagePage['items'][number];
export type Overview = Get<'/api/supervision/overview'>;
export type ProgramOverview = Overview['programs'][number];
export type PersonOverview = Overview['people'][number];
export type EscalationOverview = Overview['escalations'][number];
export type Escalation = Get<'/api/escalations/{id}'>;
export type Risk = Get<'/api/conversations/{id}/risk'>;
export type Presence = Get<'/api/presence'>;
export type TransferTargets = Get<'/api/conversations/{id}/transfer-targets'>;
export type Report = Get<'/api/conversations/{id}/report'>;
export type TimelineEntry = Get<'/api/conversations/{id}/timeline'>['items'][number];
export type EmergencyContact = Get<'/api/emergency-contacts'>['items'][number];
export type Texter = Get<'/api/texters/{id}'>;
export type TexterNote = Texter['notes'][number];
export type Block = NonNullable<Texter['block']>;
export type ProgramPage = Get<'/api/programs'>;
export type Program = ProgramPage['items'][number];
export type Summary = Get<'/api/conversations/{id}/summary'>;
export type FollowUps = Get<'/api/conversations/{id}/follow-ups'>;
export type FollowUp = FollowUps['items'][number];
export type ConversationSurveys = Get<'/api/conversations/{id}/surveys'>;
export type SurveyRun = ConversationSurveys['items'][number];
export type Survey = Get<'/api/surveys/{id}'>;
export type SurveyBody = Sent<'/api/surveys', 'post'>;
export type SurveyResults = Get<'/api/analytics/surveys'>;
export type SurveyResult = SurveyResults['surveys'][number];
export type QuestionResult = SurveyResult['questions'][number];
export type QuestionDay = QuestionResult['days'][number];
export type Notification = Get<'/api/notifications'>['items'][number];
export type NotificationSettings = Get<'/api/notification-settings'>;
export type NotificationWishes = Sent<'/api/notification-settings', 'put'>;
export type DueForPurge = Get<'/api/admin/retention'>['items'][number];
export type Account = Get<'/api/users/{id}'>;
export type AccountBody = Sent<'/api/users', 'post'>;
export type PasswordLink = Post<'/api/users/{id}/password-link'>;
export type ApiKey = Get<'/api/admin/api-keys/{id}'>;
export type ApiKeyBody = Sent<'/api/admin/api-keys/{id}', 'put'>;
export type CannedResponsePage = Get<'/api/canned-responses'>;
export type CannedResponse = CannedResponsePage['items'][number];
export type CannedResponseBody = Sent<'/api/canned-responses', 'post'>;
export type Webhook = Get<'/api/admin/webhooks/{id}'>;
export type WebhookBody = Sent<'/api/admin/webhooks/{id}', 'put'>;
export type WebhookDelivery = Get<'/api/admin/webhooks/{id}/deliveries'>['items'][number];
export type DeadLetter = Get<'/api/admin/events/dead-letters'>['items'][number];
export type AuditEntry = Get<'/api/admin/audit'>['items'][number];
export type AuditVerification = Get<'/api/admin/audit/verify'>;
export type Phrase = Get<'/api/admin/triage/phrases/{id}'>;
export type PhraseBody = Sent<'/api/admin/triage/phrases', 'post'>;
export type TriedMessage = Post<'/api/admin/triage/try'>;
export type ChangesReport = Get<'/api/admin/triage/changes'>;
export type ShadowReport = Get<'/api/admin/triage/shadow'>;
export type Erasure = Get<'/api/admin/erasures/{id}'>;
export type Encryption = Get<'/api/admin/encryption'>;
