const SPACE = 1;
const DIGIT = 2;
const NAME_START = 4;
const NAME_PART = 8;

/** What each character of ASCII can be; all others are letters, no-break spaces included. */
const CLASSES = Uint8Array.from({ length: 0x80 }, (_, code) => classOf(String.fromCharCode(code)));

function classOf(char: string): number {
  if (/[\t-\r ]/.test(char)) return SPACE;
  if (/\d/.test(char)) return DIGIT | NAME_PART;
  if (/\w/.test(char)) return NAME_START | NAME_PART;
  return char === '$' ? NAME_PART : 0;
}

/** The position after the spaces that begin at `from`. */
export function endOfSpaces(sql: string, from: number): number {
  return endOf(sql, from, SPACE);
}

/** The position after the digits that begin at `from`. */
export function endOfDigits(sql: string, from: number): number {
  return endOf(sql, from, DIGIT);
}

/** The position after the characters of a name that begin at `from`. */
export function endOfName(sql: string, from: number): number {
  return endOf(sql, from, NAME_PART);
}

/** Whether the character at a position is a space, a tab or a line break. */
export function isSpace(sql: string, at: number): boolean {
  return is(sql, at, SPACE);
}

/** Whether the character at a position is a digit. */
export function isDigit(sql: string, at: number): boolean {
  return is(sql, at, DIGIT);
}

/** Whether a name without quotes can begin with the character at a position. */
export function isNameStart(sql: string, at: number): boolean {
  return is(sql, at, NAME_START);
}

/** Whether a name without quotes can go on with the character at a position. */
export function isNamePart(sql: string, at: number): boolean {
  return is(sql, at, NAME_PART);
}

function endOf(sql: string, from: number, kind: number): number {
  let at = from;
  while (is(sql, at, kind)) at++;
  return at;
}

function is(sql: string, at: number, kind: number): boolean {
  const code = sql.charCodeAt(at);
  // Past the end there is NaN.
  return code < 0x80
    ? ((CLASSES[code] ?? 0) & kind) !== 0
    : code >= 0x80 && (kind & NAME_PART_OR_START) !== 0;
}

const NAME_PART_OR_START = NAME_PART | NAME_START;
