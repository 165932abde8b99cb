// One affiliate's life through the API, with a canary in everything that somebody could write, and a great deal that is refused.
import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Canaries } from './canary.mjs';
import { Refusal } from './programs.mjs';

const webhook = '/api/webhooks/twilio';
const dayMs = 24 * 60 * 60 * 1000;

/** Plants and answers what was planted, what marks the run, and the texts that were answered. */
export async function plant({ origin, publicUrl, admin }) {
  const planting = new Planting(origin, publicUrl);
  await planting.setUp(admin);
  await planting.configure();
  await planting.tellPartners();
  await planting.converse();
  await planting.holdBack();
  await planting.breakThings();
  await planting.readBack();
  const metrics = await planting.call('GET', '/metrics');
  if (!metrics.text.includes('chat_gateway_requests_total')) throw new Refusal(`${origin}/metrics answered ${metrics.status} and no figures.`);
  await planting.close();
  return { canaries: planting.canaries, marks: planting.marks, texts: [...planting.problems, { name: '/metrics', text: metrics.text }] };
}

class Planting {
  canaries = new Canaries();
  marks = [];
  problems = [];
  #origin;
  #publicUrl;
  #people = {};
  #shown = [];

  constructor(origin, publicUrl) {
    this.#origin = origin;
    this.#publicUrl = publicUrl;
  }

  // --- who and where

  async setUp({ email, password, code }) {
    const { canaries } = this;
    this.platform = await this.#signIn({ email, password, code });
    const run = `Canary run ${randomBytes(8).toString('hex')}`;
    const affiliate = await this.must(201, 'POST', '/api/affiliates', { by: this.platform, body: { name: run, timeZone: 'UTC', dataRetentionDays: 30 } });
    this.affiliate = affiliate.id;
    this.#mark('the affiliate’s id', affiliate.id);
    this.marks.push({ mark: 'the affiliate’s id in bytes', bytes: Buffer.from(affiliate.id.replaceAll('-', ''), 'hex').toString('latin1') });

    this.admin = await this.#hire('admin', { by: this.platform });
    const program = await this.must(201, 'POST', '/api/programs', { by: this.admin, body: {
      name: `${run} line`, settings: { wrapUp: { fields: [{ id: 'own', label: 'In your words', kind: 'text' }] } },
    } });
    this.program = program.id;
    this.#mark('the program’s name', program.name);
    this.supervisor = await this.#hire('supervisor');
    this.responder = await this.#hire('responder');
    this.colleague = await this.#hire('responder', { field: 'second responder' });

    this.number = `+1555${String(randomInt(0, 1e7)).padStart(7, '0')}`;
    this.account = canaries.secret('channel credentials: account', `AC${randomBytes(16).toString('hex')}`);
    this.token = canaries.token('channel credentials: token');
    await this.must(201, 'POST', '/api/channels', { by: this.admin, body: {
      programId: this.program, provider: 'twilio', address: this.number,
      credentials: { accountSid: this.account, authToken: this.token, secondaryAuthToken: canaries.token('channel credentials: second token') },
    } });
    await this.must(201, 'POST', '/api/keywords', { by: this.admin, body: { programId: this.program, keyword: 'HELLO', action: 'start' } });
    await this.must(201, 'POST', '/api/surveys', { by: this.admin, body: {
      programId: this.program, type: 'entry', title: 'How it began', questions: [{ text: 'What brings you here?', kind: 'text' }],
    } });
    const secret = randomBytes(32);
    const whsec = `whsec_${secret.toString('base64')}`;
    canaries.secret('contact: webhook secret', whsec, secret);
    this.contact = await this.must(201, 'POST', '/api/emergency-contacts', { by: this.admin, body: {
      kind: 'any', onCall: true, webhookSecret: whsec, name: canaries.name('contact: name'), phone: canaries.phone('contact: phone'),
      email: canaries.email('contact: e-mail'), webhookUrl: canaries.address('contact: webhook'), notes: canaries.text('contact: notes'),
    } });
  }

  async #hire(role, { by = this.admin, field = role } = {}) {
    const { canaries } = this;
    const email = canaries.email(`${field}: e-mail`);
    const password = canaries.password(`${field}: password`);
    const made = await this.must(201, 'POST', '/api/users', { by, body: {
      email, password, role, name: canaries.name(`${field}: name`), affiliateId: this.affiliate, programIds: this.program ? [this.program] : [], maxConcurrent: 5,
    } });
    this.#mark(`the ${field}’s id`, made.id);
    const person = await this.#signIn({ email, password, field });
    const { secret } = await this.must(200, 'POST', '/api/auth/mfa/setup', { by: person });
    canaries.secret(`${field}: second factor`, secret, fromBase32(secret));
    const { codes } = await this.must(200, 'POST', '/api/auth/mfa/enable', { by: person, body: { code: totp(fromBase32(secret)) } });
    for (const code of codes) canaries.secret(`${field}: recovery code`, code);
    return { ...person, id: made.id, email, password };
  }

  async #signIn({ email, password, code, field = 'platform admin' }) {
    const { accessToken, refreshToken } = await this.must(200, 'POST', '/api/auth/login', { body: { email, password, code } });
    this.canaries.secret(`${field}: access token`, accessToken.split('.')[2]);
    this.canaries.secret(`${field}: refresh token`, refreshToken, Buffer.from(refreshToken, 'base64url'));
    return { token: accessToken };
  }

  // --- what an affiliate says of itself: in the clear in the database, and in no log, event, figure or problem

  async configure() {
    const { canaries, admin } = this;
    const own = (field) => canaries.open(field);
    await this.must(201, 'POST', '/api/canned-responses', { by: admin, body: {
      programId: this.program, title: own('canned response: title'), body: own('canned response: text'),
    } });
    const document = { programs: [{
      name: own('configuration: program'), shortCode: own('configuration: short code'), description: own('configuration: description'),
      settings: { replies: { welcome: own('configuration: welcome') } },
      keywords: [{ keyword: own('configuration: keyword'), subProgram: own('configuration: sub-program'), response: own('configuration: answer to a keyword') }],
      surveys: [{ type: 'exit', title: own('configuration: title of a survey'), questions: [
        { id: 'own', text: own('configuration: question'), kind: 'choice', options: [own('configuration: option'), own('configuration: other option')] },
      ] }],
      cannedResponses: [{ title: own('configuration: title of a canned response'), body: own('configuration: text of a canned response') }],
    }] };
    // JSON is YAML too.
    const request = { by: admin, raw: JSON.stringify(document), headers: { 'Content-Type': 'application/yaml', 'If-Match': '*' } };
    await this.must(200, 'PUT', '/api/admin/configuration?dryRun=true', request);
    await this.must(200, 'PUT', '/api/admin/configuration', request);
  }

  // --- where a partner is told of events: an address and headers that let in whoever knows them

  async tellPartners() {
    const { canaries, admin } = this;
    const webhooks = '/api/admin/webhooks';
    const headers = (which) => ({ Authorization: `Bearer ${canaries.token(`partner’s webhook: ${which} bearer`)}`, 'X-Api-Key': canaries.token(`partner’s webhook: ${which} key`) });
    const secretOf = (which, { secret }) => canaries.secret(`partner’s webhook: ${which} secret`, secret, Buffer.from(secret.replace('whsec_', ''), 'base64'));
    const made = await this.must(201, 'POST', webhooks, { by: admin, body: {
      url: canaries.address('partner’s webhook: first address'), eventTypes: ['*'], headers: headers('first'),
    } });
    secretOf('first', made);
    this.webhook = `${webhooks}/${made.webhook.id}`;
    const read = await this.call('GET', this.webhook, { by: admin });
    await this.must(200, 'PUT', this.webhook, { by: admin, headers: { 'If-Match': read.headers.get('etag') }, body: {
      url: canaries.address('partner’s webhook: address'), eventTypes: ['*'], headers: headers('second'),
    } });
    secretOf('second', await this.must(200, 'POST', `${this.webhook}/rotate-secret`, { by: admin }));
    await this.must(202, 'POST', `${this.webhook}/test`, { by: admin });
  }

  // --- a conversation, from the first text to the follow-up

  async converse() {
    const { canaries, admin, supervisor, responder, colleague } = this;
    await this.must(200, 'PUT', '/api/presence', { by: responder, body: { status: 'available' } });
    await this.must(200, 'PUT', '/api/presence', { by: colleague, body: { status: 'available' } });
    await this.must(200, 'PUT', '/api/notification-settings', { by: responder, body: { phone: canaries.phone('notification number'), byEmail: [], byText: [] } });

    this.texter = canaries.phone('texter: number');
    await this.#text(this.texter, canaries.text('first text'), {
      FromCity: canaries.token('webhook: city'), ProfileName: canaries.name('webhook: profile name'), NumMedia: '1', MediaContentType0: 'image/jpeg',
      MediaUrl0: `https://api.twilio.com/2010-04-01/Accounts/${this.account}/Messages/MM/Media/${canaries.token('webhook: picture')}`,
    });
    const { items: [{ id, texterId }] } = await this.must(200, 'GET', '/api/conversations?limit=1', { by: admin });
    Object.assign(this, { conversation: id, texterId });
    const at = `/api/conversations/${id}`;
    await this.must(200, 'POST', `${at}/claim`, { by: responder });
    await this.must(200, 'POST', `${at}/start`, { by: responder });
    await this.must(201, 'POST', `${at}/messages`, { by: responder, body: { content: canaries.text('reply'), clientMessageId: randomBytes(8).toString('hex') } });
    const note = { by: responder, headers: { 'Idempotency-Key': canaries.token('Idempotency-Key') }, body: { content: canaries.text('note'), kind: 'note' } };
    const first = await this.must(201, 'POST', `${at}/messages`, note);
    const again = await this.must(201, 'POST', `${at}/messages`, note);
    if (first.id !== again.id) throw new Refusal('The same Idempotency-Key has made two notes.');
    await this.must(200, 'PUT', `${at}/risk`, { by: responder, body: { level: 'moderate', reason: canaries.text('risk reason') } });

    await this.must(200, 'POST', `${at}/transfer`, { by: responder, body: { toResponderId: colleague.id, note: canaries.text('hand-off note') } });
    await this.must(200, 'POST', `${at}/accept-transfer`, { by: colleague });
    await this.must(200, 'POST', `${at}/surveys`, { by: colleague, body: { type: 'entry' } });
    await this.#text(this.texter, canaries.text('survey answer'));
    await this.#text(this.texter, canaries.text('later text'));
    await this.must(201, 'POST', `${at}/messages`, { by: colleague, body: { content: canaries.text('second reply') } });

    const texter = `/api/texters/${texterId}`;
    await this.must(200, 'PUT', `${texter}/plan`, { by: colleague, body: { plan: canaries.text('texter: plan') } });
    await this.must(200, 'POST', `${texter}/notes`, { by: colleague, body: { content: canaries.text('texter: note') } });
    await this.must(200, 'PUT', `${texter}/time-zone`, { by: colleague, body: { timeZone: 'UTC' } });
    await this.#escalate(at);

    const report = () => ({
      outcome: canaries.text('report: outcome'), note: canaries.text('report: note'), nextStep: canaries.text('report: next step'), fields: { own: canaries.text('report: own field') },
    });
    await this.must(200, 'POST', `${at}/wrap-up`, { by: colleague, body: report() });
    await this.must(200, 'PUT', `${at}/report`, { by: colleague, body: report() });
    const afternoon = new Date(Math.floor(Date.now() / dayMs) * dayMs + 2 * dayMs + 15 * 60 * 60 * 1000);
    const followUp = { by: colleague, body: { scheduledFor: afternoon.toISOString(), agreed: true, message: canaries.text('follow-up') } };
    // What the texter wrote last may come late to the desk, and brings them back from the wrap-up.
    for (let attempt = 0; attempt < 50; attempt++) {
      const { state } = await this.must(200, 'GET', at, { by: colleague });
      if (state === 'follow_up_scheduled') break;
      if (state === 'active') await this.call('POST', `${at}/wrap-up`, { by: colleague });
      else if ((await this.call('POST', `${at}/follow-ups`, followUp)).status !== 200) await delay(500);
    }
    this.#shown.push(JSON.stringify(
      await this.must(200, 'PUT', `/api/admin/legal-holds/${id}`, { by: admin, body: { onHold: true, reason: canaries.text('legal hold: reason') } }),
    ));

    for (const phone of [this.texter, canaries.phone('search for a number')]) {
      await this.must(200, 'POST', '/api/texters/search', { by: supervisor, body: { phone: phone.replace(/^\+1(...)(...)/, '($1) $2-') } });
    }
  }

  async #escalate(at) {
    const { canaries, supervisor, colleague } = this;
    const place = (which) => ({ location: canaries.text(`escalation: ${which} place`), locationSource: 'texter_said', reason: canaries.text(`escalation: ${which} reason`) });
    const { escalationId } = await this.must(200, 'POST', `${at}/escalate`, { by: colleague, body: { type: 'medical', urgency: 'high', ...place('first') } });
    this.escalation = escalationId;
    const escalation = `/api/escalations/${escalationId}`;
    await this.must(200, 'POST', `${escalation}/acknowledge`, { by: supervisor });
    await this.must(200, 'PUT', escalation, { by: colleague, body: { urgency: 'critical', ...place('second') } });
    await this.must(200, 'POST', `${escalation}/contacts`, { by: supervisor, body: {
      contact: canaries.name('escalation: contact'), method: 'phone', outcome: canaries.text('escalation: what they said'), note: canaries.text('escalation: contact note'),
    } });
    await this.must(200, 'POST', `${at}/resolve-escalation`, { by: colleague, body: { outcome: canaries.text('escalation: outcome'), note: canaries.text('escalation: outcome note') } });
  }

  // --- what is kept back: a block, a call that proves nothing, a way to a new password

  async holdBack() {
    const { canaries, admin, supervisor, responder } = this;
    await this.#text(canaries.phone('second texter: number'), canaries.text('second texter: text'));
    const { items: [{ id, texterId }] } = await this.must(200, 'GET', '/api/conversations?limit=1', { by: admin });
    Object.assign(this, { secondConversation: id, secondTexterId: texterId });
    await this.must(200, 'POST', `/api/conversations/${id}/claim`, { by: responder });
    await this.must(200, 'POST', `/api/conversations/${id}/start`, { by: responder });
    await this.must(200, 'POST', `/api/conversations/${id}/return-to-queue`, { by: responder, body: { note: canaries.text('return: note') } });
    await this.must(200, 'PUT', `/api/texters/${texterId}/block`, { by: supervisor, body: { blocked: true, reason: canaries.text('block: reason') } });
    await this.must(200, 'POST', `/api/texters/${texterId}/block/approve`, { by: admin });

    await this.#text(canaries.phone('third texter: number'), canaries.text('third texter: text'));
    const { items: [{ id: third }] } = await this.must(200, 'GET', '/api/conversations?limit=1', { by: admin });
    await this.must(200, 'POST', `/api/conversations/${third}/claim`, { by: responder });
    await this.must(200, 'POST', `/api/conversations/${third}/start`, { by: responder });
    this.#shown.push(JSON.stringify(await this.must(200, 'POST', `/api/conversations/${third}/close`, { by: responder, body: { reason: canaries.text('reason for closing') } })));

    for (const which of ['kept', 'let in']) {
      const call = this.#form(canaries.phone(`quarantine, ${which}: number`), canaries.text(`quarantine, ${which}: text`), { ProfileName: canaries.name(`quarantine, ${which}: name`) });
      await this.must(403, 'POST', webhook, { form: call, headers: { 'X-Twilio-Signature': sign('not the token', this.#publicUrl + webhook, call) } });
    }
    const { items: [{ id: kept }] } = await this.must(200, 'GET', '/api/admin/quarantine?limit=1', { by: admin });
    await this.must(204, 'POST', `/api/admin/quarantine/${kept}/replay`, { by: admin });
    await this.#signed(`${webhook}/status`, {
      MessageSid: sid(), MessageStatus: 'failed', ErrorCode: '30003', AccountSid: this.account, From: this.number, To: canaries.phone('status: number'),
      ErrorMessage: canaries.text('status: words'),
    });

    const { link } = await this.must(200, 'POST', `/api/users/${this.colleague.id}/password-link`, { by: admin });
    const token = /[A-Za-z0-9_-]{43}/.exec(link.split('#')[1])[0];
    canaries.secret('link for a password: token', token, Buffer.from(token, 'base64url'));
    await this.must(202, 'POST', '/api/auth/password/forgot', { body: { email: canaries.email('forgotten password: unknown address') } });
    await this.must(202, 'POST', '/api/auth/password/forgot', { body: { email: this.responder.email } });
  }

  // --- what is refused

  async breakThings() {
    const { canaries, responder, supervisor, admin } = this;
    const bad = (field) => canaries.text(`refused, ${field}`);
    const word = (field) => canaries.token(`refused, ${field}`);
    const at = `/api/conversations/${this.conversation}`;
    const json = { 'Content-Type': 'application/json' };
    const yaml = { 'Content-Type': 'application/yaml', 'If-Match': '*' };
    const query = (field) => encodeURIComponent(bad(field));

    const attempts = [
      ['POST', '/api/auth/login', { body: { email: canaries.email('refused, log-in: unknown address'), password: canaries.password('refused, log-in: its password') } }],
      ['POST', '/api/auth/login', { body: { email: responder.email, password: canaries.password('refused, log-in: wrong password') } }],
      ['POST', '/api/auth/login', { body: { email: supervisor.email, password: supervisor.password, code: word('log-in: code') } }],
      ['POST', '/api/auth/login', { body: { email: bad('log-in: no address'), password: bad('log-in: password'), more: bad('log-in: member') } }],
      ['POST', '/api/auth/refresh', { body: { refreshToken: word('refresh token') } }],
      ['POST', '/api/auth/refresh', { body: {}, headers: { Cookie: `__Host-chat-refresh=${word('cookie')}` } }],
      ['POST', '/api/auth/password/reset', { body: { token: word('reset: token'), password: canaries.password('refused, reset: password') } }],
      ['POST', '/api/auth/password', { by: responder, body: { currentPassword: canaries.password('refused, password: old'), newPassword: canaries.password('refused, password: new') } }],
      ['POST', '/api/auth/password', { by: responder, body: { currentPassword: responder.password, newPassword: canaries.short('refused, password: too short') } }],
      ['POST', '/api/auth/mfa/disable', { by: responder, body: { password: canaries.password('refused, second factor: password'), code: word('second factor: code') } }],
      ['GET', '/api/auth/me', { headers: { Authorization: `Bearer ${word('token')}` } }],
      ['GET', '/api/auth/me', { headers: { Authorization: `Basic ${Buffer.from(bad('basic')).toString('base64')}` } }],
      ['GET', `/api/${word('path')}`, { by: responder }],
      ['GET', `/${encodeURIComponent(bad('page'))}/${word('page below')}.json`, { mayWork: true }],
      ['GET', `/api/conversations/${query('id in the path')}`, { by: responder }],
      ['GET', `/api/conversations?cursor=${query('cursor')}`, { by: responder }],
      ['GET', `/api/conversations?state=${query('state')}&limit=${query('limit')}`, { by: responder }],
      ['GET', `/api/users?role=${query('role')}`, { by: admin }],
      ['GET', `/api/admin/audit?from=${query('from')}`, { by: admin }],
      ['GET', `/api/users?${word('unknown parameter')}=${query('its value')}`, { by: responder }],
      ['GET', `/api/analytics/surveys?from=${query('day')}`, { by: admin }],
      ['POST', `${at}/messages`, { by: responder, raw: `{"content": "${bad('JSON without an end')}`, headers: json }],
      ['POST', `${at}/messages`, { by: responder, raw: `{"content": ["${bad('JSON of another type')}"]}`, headers: json }],
      ['POST', `${at}/messages`, { by: responder, raw: `{"content": "${word('half a pair')}\\ud800"}`, headers: json }],
      ['POST', `${at}/messages`, { by: responder, raw: `{"content": "${word('NUL')}\\u0000"}`, headers: json }],
      ['POST', `${at}/messages`, { by: responder, raw: bad('no JSON'), headers: json }],
      ['POST', `${at}/messages`, { by: responder, raw: bad('another media type'), headers: { 'Content-Type': `text/${word('media type')}` } }],
      ['POST', `${at}/messages`, { by: responder, body: { content: bad('too long').padEnd(20_000, 'x') } }],
      ['POST', `${at}/messages`, { by: responder, body: { content: bad('far too long').padEnd(300_000, 'x') } }],
      ['POST', `${at}/messages`, { by: responder, body: { content: bad('not theirs'), kind: bad('kind') } }],
      ['POST', `${at}/messages`, { by: responder, body: { content: bad('long key') }, headers: { 'Idempotency-Key': word('long key itself').padEnd(250, 'x') } }],
      ['POST', `${at}/messages`, { by: this.platform, body: { content: bad('forbidden') } }],
      ['POST', `${at}/escalate`, { by: this.colleague, body: { type: bad('type'), urgency: bad('urgency'), location: bad('place'), reason: bad('reason').padEnd(20_000, 'x') } }],
      ['POST', `${at}/follow-ups`, { by: this.colleague, body: { scheduledFor: bad('time'), message: bad('follow-up') } }],
      ['PUT', `${at}/report`, { by: this.colleague, body: { note: bad('report: note'), fields: { own: bad('report: own field').padEnd(5_000, 'x') } } }],
      ['PUT', `${at}/tags`, { by: this.colleague, body: { tags: [bad('tag').padEnd(500, 'x')] } }],
      ['PUT', `/api/texters/${this.texterId}/time-zone`, { by: this.colleague, body: { timeZone: bad('time zone') } }],
      ['POST', '/api/texters/search', { by: this.colleague, body: { phone: bad('search').padEnd(200, 'x') } }],
      ['POST', '/api/users', { by: admin, body: { email: this.colleague.email, name: bad('double address'), role: 'responder', password: canaries.password('refused, user: password') } }],
      ['POST', '/api/users', { by: admin, body: { email: bad('address'), name: bad('name').padEnd(300, 'x'), role: bad('role given'), password: canaries.short('refused, user: short password') } }],
      ['PUT', `/api/users/${responder.id}`, { by: admin, body: { email: responder.email, name: bad('stale') }, headers: { 'If-Match': `"${word('version')}"` } }],
      ['POST', '/api/channels', { by: admin, body: { programId: this.program, provider: bad('provider'), address: bad('our number'), credentials: { accountSid: bad('account'), authToken: bad('channel token') } } }],
      ['POST', '/api/programs', { by: admin, body: { name: 'x', settings: { operatingHours: { monday: bad('hours') }, replies: { welcome: bad('welcome').padEnd(3_000, 'x') } } } }],
      ['POST', '/api/emergency-contacts', { by: admin, body: { kind: 'any', name: bad('contact'), webhookUrl: `http://${word('host')}.canary.invalid/`, webhookSecret: bad('webhook secret') } }],
      ['POST', '/api/canned-responses', { by: admin, body: { programId: this.program, title: `${word('canned response: title')}\nof two lines`, body: bad('canned response: text') } }],
      ['POST', '/api/canned-responses', { by: responder, body: { programId: this.program, title: word('canned response: not theirs'), body: bad('canned response: not theirs either') } }],
      ['POST', '/api/admin/webhooks', { by: admin, body: { url: `http://${word('partner’s host')}.canary.invalid/`, eventTypes: [bad('type of event')], headers: { [word('header')]: bad('value of a header') } } }],
      ['POST', '/api/admin/webhooks', { by: admin, body: { url: canaries.address('refused, partner’s address'), eventTypes: ['*'], headers: { Authorization: `${word('header with a line break')}\r\nX-More: 1` } } }],
      ['PUT', this.webhook, { by: admin, headers: { 'If-Match': '"1"' }, body: { url: canaries.address('refused, stale address'), eventTypes: ['*'], headers: { 'X-Api-Key': word('stale header') } } }],
      ['PUT', '/api/admin/configuration', { by: admin, raw: `programs: [{name: "${bad('YAML without an end')}`, headers: yaml }],
      ['PUT', '/api/admin/configuration', { by: admin, raw: `programs: [{name: A, nobody: "${bad('unknown member')}", shortCode: "${bad('short code')}"}]`, headers: yaml }],
      ['PUT', '/api/admin/configuration', { by: admin, headers: yaml, raw: JSON.stringify({ programs: [{
        name: word('configuration: name').padEnd(300, 'x'), settings: { replies: { welcome: bad('configuration: welcome').padEnd(3_000, 'x') } },
        keywords: [{ keyword: bad('configuration: keyword').padEnd(100, 'x'), response: bad('configuration: answer') }],
        surveys: [{ type: bad('configuration: type'), title: bad('configuration: survey') }], cannedResponses: [{ title: bad('configuration: title'), body: '' }],
      }] }) }],
      ['PUT', '/api/notification-settings', { by: responder, body: { phone: bad('notification number'), byEmail: [bad('kind of notification')], byText: [] } }],
      ['POST', `/api/webhooks/${word('unknown provider')}`, { form: { Body: bad('unknown provider: text') } }],
      ['POST', `${webhook}?of=${query('webhook: address')}`, { form: this.#form(canaries.phone('refused, webhook: number'), bad('webhook: text')), headers: { 'X-Twilio-Signature': word('webhook: signature') } }],
      ['POST', webhook, { form: { ...this.#form(canaries.phone('refused, nobody’s: number'), bad('nobody’s: text')), To: '+15550000000', AccountSid: `AC${'0'.repeat(32)}` } }],
      ['POST', webhook, { raw: `{"Body": "${bad('webhook: JSON')}"}`, headers: json }],
      ['POST', webhook, { form: this.#form(this.texter, bad('webhook: far too long').padEnd(80_000, 'x')) }],
      ['GET', '/healthz', { headers: {
        'User-Agent': word('User-Agent'), Referer: `https://${word('Referer')}.invalid/`, 'X-Forwarded-For': word('X-Forwarded-For'), 'Accept-Language': word('Accept-Language'),
        baggage: `is=${word('baggage')}`, tracestate: `is=${word('tracestate')}`, 'X-Request-Id': word('X-Request-Id'), Origin: `https://${word('Origin')}.invalid`,
      }, mayWork: true }],
    ];
    for (const [method, address, { mayWork, ...request }] of attempts) {
      const { status, text } = await this.call(method, address, request);
      if (status < 400 && mayWork) this.problems.push({ name: `answer to ${method} with what means nothing (${status})`, text });
      if (status >= 500 || (status < 400 && !mayWork)) throw new Refusal(`${method} ${address.split('?')[0].slice(0, 60)} with something broken answered ${status}.`);
    }
  }

  // --- whether all of it is there, and the end

  async readBack() {
    const at = `/api/conversations/${this.conversation}`;
    const addresses = [
      `${at}/messages`, `${at}/report`, `${at}/follow-ups`, `${at}/risk`, `${at}/surveys`, `/api/escalations/${this.escalation}`, `/api/texters/${this.texterId}`,
      `/api/texters/${this.secondTexterId}`, `/api/conversations/${this.secondConversation}/messages`, `/api/emergency-contacts/${this.contact.id}`,
      this.webhook, '/api/admin/retention', '/api/users', '/api/conversations', `/api/admin/audit?subject=${this.conversation}`,
    ];
    for (const address of addresses) this.#shown.push(JSON.stringify(await this.must(200, 'GET', address, { by: this.admin })));
    this.#shown.push(JSON.stringify(await this.must(200, 'GET', '/api/notification-settings', { by: this.responder })));
    for (const [address, by] of [['/api/admin/configuration', this.admin], ['/api/canned-responses', this.responder]]) this.#shown.push((await this.call('GET', address, { by })).text);
    await this.#wasCalled();
    const shown = this.#shown.join('\n');
    const there = [
      ...this.canaries.all.filter(({ open }) => open).map(({ field }) => field), 'partner’s webhook: address',
      'first text', 'later text', 'survey answer', 'reply', 'note', 'risk reason', 'hand-off note', 'texter: plan', 'texter: note', 'escalation: second place', 'escalation: second reason',
      'escalation: contact', 'escalation: what they said', 'escalation: contact note', 'escalation: outcome', 'escalation: outcome note', 'report: outcome', 'report: note', 'report: next step', 'report: own field', 'follow-up', 'legal hold: reason',
      'second reply', 'second texter: text', 'reason for closing', 'return: note', 'block: reason', 'contact: name', 'contact: notes', 'contact: phone', 'contact: e-mail', 'responder: name', 'responder: e-mail', 'notification number',
    ];
    const missing = there.filter((field) => !this.canaries.all.some((canary) => canary.field === field && canary.forms.some((form) => shown.includes(form))));
    if (missing.length > 0) throw new Refusal(`Planted, and not there when it was read again: ${missing.join(', ')}. Not found in the files, it would prove nothing.`);
  }

  /** The partner was called in vain, so whatever is said of that has been said. */
  async #wasCalled() {
    for (let attempt = 0; attempt < 60; attempt++) {
      const deliveries = await this.must(200, 'GET', `${this.webhook}/deliveries`, { by: this.admin });
      if (deliveries.items.some(({ attempts }) => attempts > 0)) {
        this.problems.push({ name: 'deliveries of the webhook', text: JSON.stringify(deliveries) });
        return;
      }
      await delay(500);
    }
    throw new Refusal('The webhook was not called within half a minute.');
  }

  /** Nobody signs in to it any more, and nothing more is taken in for it. What was stored stays, as everything does. */
  async close() {
    const { headers } = await this.call('GET', `/api/affiliates/${this.affiliate}`, { by: this.platform });
    const { json: { name, timeZone, dataRetentionDays } } = await this.call('GET', `/api/affiliates/${this.affiliate}`, { by: this.platform });
    await this.must(200, 'PUT', `/api/affiliates/${this.affiliate}`, {
      by: this.platform, headers: { 'If-Match': headers.get('etag') ?? '*' }, body: { name, timeZone, dataRetentionDays, status: 'inactive' },
    });
  }

  // --- calls

  async must(status, method, address, request) {
    const answer = await this.call(method, address, request);
    if (answer.status !== status) throw new Refusal(`${method} ${address} answered ${answer.status}, not ${status}: ${answer.text.slice(0, 500)}`);
    return answer.json;
  }

  async call(method, address, { by, body, form, raw, headers = {} } = {}) {
    const content = body ? { 'Content-Type': 'application/json' } : {};
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(this.#origin + address, {
        method,
        redirect: 'manual',
        headers: { ...content, ...(by ? { Authorization: `Bearer ${by.token}` } : {}), ...headers },
        body: raw ?? (form ? new URLSearchParams(form) : body && JSON.stringify(body)),
      });
      const text = await response.text();
      // Named without its address, which may hold a canary itself.
      if (response.status >= 400) this.problems.push({ name: `problem ${this.problems.length + 1} (${response.status})`, text: `${text}\n${[...response.headers].join('\n')}` });
      const wait = Number(response.headers.get('Retry-After'));
      if (response.status === 429 && wait <= 5 && attempt <= 5) {
        await delay(1000 * wait);
        continue;
      }
      return { status: response.status, headers: response.headers, text, json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined };
    }
  }

  #text(from, words, more) {
    return this.#signed(webhook, this.#form(from, words, more));
  }

  #signed(address, form) {
    return this.must(200, 'POST', address, { form, headers: { 'X-Twilio-Signature': sign(this.token, this.#publicUrl + address, form) } });
  }

  #form(from, words, more) {
    return { MessageSid: sid(), AccountSid: this.account, From: from, To: this.number, Body: words, NumMedia: '0', ...more };
  }

  #mark(mark, text) {
    this.marks.push({ mark, bytes: Buffer.from(text).toString('latin1') });
  }
}

const sid = () => `SM${randomBytes(16).toString('hex')}`;

/** As Twilio signs: the address, then each name and value in the order of names. */
const sign = (token, address, form) => createHmac('sha1', token)
  .update(address + Object.keys(form).sort().map((name) => name + form[name]).join(''))
  .digest('base64');

function fromBase32(text) {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/** RFC 6238, as authenticator apps have it. */
function totp(secret) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', secret).update(step).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}
