/** What a place in a text is of, to the word motions. */
type WordKind = 'space' | 'word' | 'other';

/** @param isBig whether only spaces end a word, as for `W` */
function kindAt(text: string, at: number, isBig: boolean): WordKind {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 32);
  if (/\s/.test(character)) return 'space';
  return isBig || /[\p{L}\p{N}\p{M}\p{Cs}_$]/u.test(character) ? 'word' : 'other';
}

/** Where the next word begins. */
export function nextWord(text: string, from: number, isBig: boolean): number {
  let at = from;
  const kind = kindAt(text, at, isBig);
  if (kind !== 'space') while (at < text.length && kindAt(text, at, isBig) === kind) at += 1;
  while (at < text.length && kindAt(text, at, isBig) === 'space') at += 1;
  return at;
}

/** Where the word before begins. */
export function wordBefore(text: string, from: number, isBig: boolean): number {
  let at = from;
  while (at > 0 && kindAt(text, at - 1, isBig) === 'space') at -= 1;
  const kind = kindAt(text, at - 1, isBig);
  while (at > 0 && kindAt(text, at - 1, isBig) === kind) at -= 1;
  return at;
}

/** Where the last character of a word is, of this one or the next. */
export function lastOfWord(text: string, from: number, isBig: boolean): number {
  let at = from + 1;
  while (at < text.length && kindAt(text, at, isBig) === 'space') at += 1;
  const kind = kindAt(text, at, isBig);
  while (at + 1 < text.length && kindAt(text, at + 1, isBig) === kind) at += 1;
  return Math.min(at, Math.max(0, text.length - 1));
}
