/** How a candidate matches, from the best on. */
export const matches = { exact: 0, exactPrefix: 1, prefix: 2, humps: 3, letters: 4 };

/** How well a candidate matches what is typed, as one of {@link matches}; undefined if it does not. */
export function matchOf(candidate: string, typed: string): number | undefined {
  if (typed === '') return matches.exactPrefix;
  // A text may be typed without its quotes.
  const text = candidate.startsWith("'") && !typed.startsWith("'") ? candidate.slice(1, -1) : candidate;
  if (text === typed) return matches.exact;
  if (text.startsWith(typed)) return matches.exactPrefix;
  const [lower, wanted] = [text.toLowerCase(), typed.toLowerCase()];
  if (lower.startsWith(wanted)) return matches.prefix;
  if (typed.length < 2) return undefined;
  if (matchesHumps(text, wanted)) return matches.humps;
  return isSubsequence(lower, wanted) ? matches.letters : undefined;
}

/** Whether each letter goes on in its word or begins a later one: `fb` and `filBy` are `filterBy`. */
function matchesHumps(text: string, wanted: string): boolean {
  const words = text.split(/(?=\p{Lu})|[_\W]+/u).map(word => word.toLowerCase());
  const from = (word: number, typed: number): boolean => {
    if (typed === wanted.length) return true;
    const current = words[word];
    if (current === undefined) return false;
    let length = 0;
    while (
      length < current.length &&
      typed + length < wanted.length &&
      current[length] === wanted[typed + length]
    )
      length += 1;
    // The longest part first; a word in the middle may be left out, and the first may not.
    for (let taken = length; taken > 0; taken--) if (from(word + 1, typed + taken)) return true;
    return word > 0 && from(word + 1, typed);
  };
  return from(0, 0);
}

/** Whether a word has the letters in this order, the first at its beginning. */
function isSubsequence(text: string, wanted: string): boolean {
  if (text[0] !== wanted[0]) return false;
  let index = 0;
  for (const letter of wanted) {
    index = text.indexOf(letter, index) + 1;
    if (index === 0) return false;
  }
  return true;
}
