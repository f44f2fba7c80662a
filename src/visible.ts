/** What a terminal obeys instead of showing it: controls but for new lines and tabs, directions of writing, byte order marks, halves of characters. */
const OBEYED = String.raw`[\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\p{Cs}]`;
/** A color, or a weight, of those that `util.inspect` and chalk write. */
const COLOR = String.raw`\x1B\[(?:[0-47]|2[1-7]|3\d|9\d)m`;

const obeyed = new RegExp(OBEYED, 'gu');
const obeyedOrColor = new RegExp(`${COLOR}|${OBEYED}`, 'gu');

/**
 * Shows the characters that a terminal would obey as JavaScript writes them, such as `\x1B`, so that nothing of the data
 * clears the screen, sets a title or turns the line around.
 *
 * @param text what is to be printed
 * @param keepsColors whether codes of colors stay; false by default
 * @example
 * visible('a\x1B[2Jb\u202Ec'); // 'a\\x1B[2Jb\\u202Ec'
 */
export function visible(text: string, keepsColors = false): string {
  return text.replace(keepsColors ? obeyedOrColor : obeyed, found =>
    found.length > 1 ? found : written(found),
  );
}

function written(character: string): string {
  if (character === '\r') return String.raw`\r`;
  const code = character.charCodeAt(0);
  const hex = code.toString(16).toUpperCase();
  // JSON has no \x, and leaves only those from 7F on as they are.
  return code < 0x7f ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
