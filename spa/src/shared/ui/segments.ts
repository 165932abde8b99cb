// GSM 03.38: what fits into seven bits. The extension characters are sent as an escape and the character: two places.
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('^{}\\[~]|€\f');

export type Segments = { encoding: 'GSM-7' | 'UCS-2'; units: number; segments: number; unitsPerSegment: number };

/** Into how many text messages the phone network cuts a text. Longer ones lose room in each part to the numbering of the parts. */
export function countSegments(text: string): Segments {
  const characters = Array.from(text);
  if (characters.every((character) => basic.has(character) || extension.has(character))) {
    const widths = characters.map((character) => (extension.has(character) ? 2 : 1));
    return { encoding: 'GSM-7', ...fill(widths, 160, 153) };
  }
  return { encoding: 'UCS-2', ...fill(characters.map((character) => character.length), 70, 67) };
}

/** A character of two places is never cut in half: it moves whole into the next part. */
function fill(widths: number[], alone: number, inParts: number) {
  const units = widths.reduce((sum, width) => sum + width, 0);
  if (units === 0) return { units, segments: 0, unitsPerSegment: alone };
  if (units <= alone) return { units, segments: 1, unitsPerSegment: alone };

  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > inParts) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return { units, segments, unitsPerSegment: inParts };
}
