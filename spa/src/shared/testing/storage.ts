/** All that the page has left in the browser, to look for what must not be there. */
export function everythingStored(): string {
  return [localStorage, sessionStorage]
    .flatMap((storage) => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').map((key) => storage.getItem(key)))
    .join('\n');
}
