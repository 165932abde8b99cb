/** Words of a message that stand out: where, in UTF-16 units, how gravely, and why. */
export type Mark = { start: number; length: number; phrase: string; level: string; label: string };

export type Marks = ReadonlyMap<string, readonly Mark[]>;

type Part = { from: number; words: string; mark: { level: string; label: string } | null };

/** A text cut where marks begin and end. Marks that overlap are one; the first given is the gravest and names the level. */
export function partsOf(text: string, marks: readonly Mark[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { start, end, level, labels } of joined(text, marks)) {
    if (start > at) parts.push({ from: at, words: text.slice(at, start), mark: null });
    parts.push({ from: start, words: text.slice(start, end), mark: { level, label: labels.join('; ') } });
    at = end;
  }
  if (at < text.length) parts.push({ from: at, words: text.slice(at), mark: null });
  return parts;
}

type Joined = { start: number; end: number; level: string; rank: number; labels: string[] };

function joined(text: string, marks: readonly Mark[]): Joined[] {
  const result: Joined[] = [];
  // What is no longer where it was read is not marked anywhere else.
  const standing = marks
    .map(({ start, length, phrase, level, label }, rank) => ({ start, end: start + length, phrase, level, rank, label }))
    .filter(({ start, end, phrase }) => end > start && text.slice(start, end) === phrase)
    .sort((one, other) => one.start - other.start || one.rank - other.rank);

  for (const { start, end, level, rank, label } of standing) {
    const last = result.at(-1);
    if (last === undefined || start >= last.end) {
      result.push({ start, end, level, rank, labels: [label] });
      continue;
    }
    last.end = Math.max(last.end, end);
    if (!last.labels.includes(label)) last.labels.push(label);
    if (rank < last.rank) {
      last.level = level;
      last.rank = rank;
    }
  }
  return result;
}
