type Typed = { execCommand?: (command: 'insertText' | 'delete', ui: false, text?: string) => boolean };

/** What somebody is to fill in before it is sent, such as [name]. */
const blank = /\[[^[\]\n]{1,40}\]/;

export const blanksOf = (words: string): string[] => words.match(new RegExp(blank, 'g')) ?? [];

/** Selects what is to be filled in, so that it is typed over. */
export function selectIn(field: HTMLTextAreaElement, words: string) {
  const at = field.value.indexOf(words);
  field.focus();
  field.setSelectionRange(at, at + words.length);
}

/**
 * Puts words where the caret is and leaves what is written there: after a selection, and apart from the words beside it. The caret goes
 * behind them, or the first blank in them is selected.
 */
export function insertAtCaret(field: HTMLTextAreaElement, words: string) {
  const at = field.selectionEnd;
  const [before, after] = [field.value.slice(0, at), field.value.slice(at)];
  const lead = before === '' || /\s$/.test(before) ? '' : ' ';
  const trail = after === '' || /^\s/.test(after) ? '' : ' ';
  replace(field, at, at, lead + words + trail);

  const from = at + lead.length;
  const toFill = blank.exec(words);
  if (toFill === null) field.setSelectionRange(from + words.length, from + words.length);
  else field.setSelectionRange(from + toFill.index, from + toFill.index + toFill[0].length);
}

export const replaceAll = (field: HTMLTextAreaElement, words: string) => replace(field, 0, field.value.length, words);

/** As if it were typed, so that the browser's own undo takes it back; where the browser cannot, as if it were pasted over. */
function replace(field: HTMLTextAreaElement, from: number, to: number, words: string) {
  field.focus();
  field.setSelectionRange(from, to);
  const page: Typed = document;
  const done = words === '' ? page.execCommand?.('delete', false) : page.execCommand?.('insertText', false, words);
  if (done === true) return;
  field.setRangeText(words, from, to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
