const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How far around a place clusters are looked for. None that anybody writes is longer. */
const windowLength = 128;

/** Each by itself a character on the screen, whatever is beside it. */
const isSimple = (code: number) => code >= 32 && code < 127;

/** @returns where the character, as a reader sees it, ends that begins at a place */
export function nextBoundary(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const next = text.charCodeAt(at + 1);
  // Nothing joins two of ASCII. The end of the text has no code.
  if (text.charCodeAt(at) < 127 && !(next >= 127)) return at + 1;
  const [first] = segmenter.segment(text.slice(at, at + windowLength));
  return at + (first?.segment.length ?? 1);
}

/** @returns where the character begins that ends at a place */
export function previousBoundary(text: string, at: number): number {
  if (at <= 1) return 0;
  if (text.charCodeAt(at - 1) < 127) return at - 1;
  let start = at - 1;
  while (start > 0 && at - start < windowLength && !isSimple(text.charCodeAt(start))) start -= 1;
  let last = start;
  for (const { index } of segmenter.segment(text.slice(start, at))) last = start + index;
  return last;
}

/** @returns the last boundary between characters that is not after a place */
export function boundaryAt(text: string, at: number): number {
  if (at <= 0) return 0;
  if (at >= text.length) return text.length;
  const before = previousBoundary(text, at);
  return nextBoundary(text, before) > at ? before : at;
}

/** The characters of a text as a reader sees them. */
export function* clustersOf(text: string): Generator<string> {
  if (isAscii(text)) {
    yield* text;
    return;
  }
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** Whether each code of a text is a character on the screen, of one column. */
export function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
