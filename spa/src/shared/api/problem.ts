/** Anything that kept a call from succeeding, with the server's stable `code` or one of ours for what never reached it. */
export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly traceId: string | null = null,
    /** After how many seconds the server wants to be asked again. */
    readonly retryAfter: number | null = null,
    /** What is wrong with which field, in the server's words. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'ApiProblem';
  }

  /** Nobody answered: no network, or no server. */
  get isUnreachable() {
    return this.code === unreachable;
  }
}

const unreachable = 'network.unreachable';

export const unreachableProblem = () => new ApiProblem(unreachable, 0, 'The server could not be reached.');

/** Reads an RFC 9457 answer; an answer of another kind (a proxy's page, say) becomes a problem named by its status. */
export async function problemFrom(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const text = (name: string) => {
    const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
    return typeof value === 'string' ? value : null;
  };
  const code = text('code') ?? `http.${response.status}`;
  return new ApiProblem(code, response.status, text('detail') ?? text('title') ?? code, text('traceId'), secondsIn(response.headers.get('Retry-After')), fieldsIn(body));
}

/** Entries of a list, such as `networks[1]`, are told of at the list. */
function fieldsIn(body: unknown): Record<string, string> {
  const errors: unknown = typeof body === 'object' && body !== null ? (body as Record<string, unknown>).errors : undefined;
  const fields: Record<string, string> = {};
  for (const [name, words] of Object.entries(errors ?? {}) as [string, unknown][]) {
    const word: unknown = Array.isArray(words) ? words[0] : words;
    if (typeof word === 'string') fields[name.replace(/\[.*$/, '')] ??= word;
  }
  return fields;
}

const secondsIn = (header: string | null) => (header !== null && /^\d{1,6}$/.test(header) ? Number(header) : null);

/** Whatever was thrown, as a problem. */
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem('client.unexpected', 0, error instanceof Error ? error.message : String(error));

/** What the server has against one field of a form. */
export const fieldFault = (error: unknown, field: string): string | undefined =>
  error instanceof ApiProblem ? error.fields[field] : undefined;
