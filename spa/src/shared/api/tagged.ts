import { bodyOf } from './client';

/** Something that was read, and the tag of the version that was read, which a change has to name. */
export type Tagged<T> = { value: T; etag: string };

export async function tagged<T>(call: Promise<{ data?: T; response: Response }>): Promise<Tagged<T>> {
  const [value, { response }] = await Promise.all([bodyOf(call), call]);
  return { value, etag: response.headers.get('ETag') ?? '' };
}
