import { vi } from 'vitest';

type Call = { method: string; path: string; query: URLSearchParams; headers: Headers; body: unknown };
type Answer = Response | object | null;
type Routes = Record<string, (call: Call) => Answer | Promise<Answer>>;

/** Answers calls by `"METHOD /path"`; anything else is a 404 problem. Gives what was called, in order. */
export function serve(routes: Routes): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(String(input), window.location.origin), init);
    const url = new URL(request.url);
    const text = await request.text();
    const call: Call = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    calls.push(call);
    const answer = await (routes[`${call.method} ${call.path}`] ?? (() => problem(404, 'not_found')))(call);
    if (answer instanceof Response) return answer;
    return answer === null ? new Response(null, { status: 204 }) : Response.json(answer);
  });
  return calls;
}

export const problem = (status: number, code: string, more: object = {}) =>
  Response.json({ type: 'about:blank', title: code, status, code, traceId: 'trace-1', ...more }, { status });

export const offline = () => {
  throw new TypeError('Failed to fetch');
};
