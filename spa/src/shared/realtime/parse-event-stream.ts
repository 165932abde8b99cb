export type StreamEvent = { type: string; data: string };

/**
 * Takes a text/event-stream apart as it arrives in pieces of any size. Comments (the server's pings) and
 * fields the desk has no use for are dropped.
 */
export function createEventStreamParser(onEvent: (event: StreamEvent) => void) {
  let rest = '';
  let type = '';
  let data: string[] = [];

  function line(text: string) {
    if (text === '') {
      if (data.length > 0) onEvent({ type: type === '' ? 'message' : type, data: data.join('\n') });
      type = '';
      data = [];
      return;
    }
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') type = value;
    if (field === 'data') data.push(value);
  }

  return (chunk: string) => {
    rest += chunk;
    // A carriage return at the end may be half of a line break that is still on its way.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(line);
  };
}
