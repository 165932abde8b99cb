import { beforeEach, expect, test, vi } from 'vitest';

import { signedInAs } from '@/shared/testing/show';

import { openDeskStream } from './desk-stream';

/** A server end of the stream that the test writes to and cuts. */
function connection() {
  let end!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => (end = controller) });
  return {
    response: new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }),
    write: (text: string) => end.enqueue(new TextEncoder().encode(text)),
    cut: () => end.close(),
  };
}

function watch() {
  const seen: string[] = [];
  const close = openDeskStream({
    onEvent: ({ type, conversationId }) => seen.push(`${type} ${conversationId}`),
    onStatus: (status) => seen.push(status),
    onLive: () => seen.push(missed),
  });
  return { seen, close };
}

const missed = 'anything may have happened';
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  await signedInAs();
  vi.useFakeTimers();
});

test('events are passed on; when the stream breaks it comes back and says that something may have been missed', async () => {
  const first = connection();
  const second = connection();
  const fetched = vi.fn<typeof fetch>().mockResolvedValueOnce(first.response).mockResolvedValueOnce(second.response);
  vi.stubGlobal('fetch', fetched);

  const { seen, close } = watch();
  await settle();
  first.write('event: conversation.created\ndata: {"type":"conversation.created","conversationId":"c1"}\n\n');
  await settle();
  expect(seen).toEqual(['connecting', 'live', missed, 'conversation.created c1']);

  first.cut();
  await settle(600);
  expect(seen.slice(4)).toEqual(['reconnecting', 'live', missed]);

  close();
  await settle(60_000);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('it carries the access token', async () => {
  const fetched = vi.fn<typeof fetch>().mockResolvedValue(connection().response);
  vi.stubGlobal('fetch', fetched);

  const { close } = watch();
  await settle();

  const request = fetched.mock.calls[0]?.[0] as Request;
  expect(request.headers.get('Authorization')).toBe('Bearer token of user-rosa');
  close();
});

test('a server that cannot be reached is tried again, ever less often', async () => {
  const fetched = vi.fn<typeof fetch>().mockRejectedValue(new TypeError('Failed to fetch'));
  vi.stubGlobal('fetch', fetched);

  const { close } = watch();
  await settle(10_000);
  const early = fetched.mock.calls.length;
  await settle(60_000);
  const late = fetched.mock.calls.length - early;

  expect(early).toBeGreaterThan(3);
  expect(late).toBeLessThanOrEqual(6);
  expect(late).toBeGreaterThan(2);
  close();
});

test('a stream that has gone silent is given up', async () => {
  const silent = connection();
  const fetched = vi.fn<typeof fetch>((input) => {
    const { signal } = input as Request;
    const body = silent.response.body?.pipeThrough(new TransformStream(), { signal });
    return Promise.resolve(new Response(body));
  });
  vi.stubGlobal('fetch', fetched);

  const { seen, close } = watch();
  await settle(30_000);
  silent.write(': ping\n\n');
  await settle(30_000);
  expect(seen).toEqual(['connecting', 'live', missed]);

  await settle(15_000);
  expect(seen).toContain('reconnecting');
  close();
});

test('being online again is reason enough to try at once', async () => {
  const fetched = vi.fn<typeof fetch>().mockRejectedValue(new TypeError('Failed to fetch'));
  vi.stubGlobal('fetch', fetched);
  const { close } = watch();
  await settle(60_000);
  const before = fetched.mock.calls.length;

  window.dispatchEvent(new Event('online'));
  await settle();

  expect(fetched.mock.calls.length).toBe(before + 1);
  close();
});
