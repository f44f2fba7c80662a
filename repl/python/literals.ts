import { code, type Code, binds } from './code.ts';
import { float, int } from './kinds.ts';
import { Refusal } from './refusal.ts';

export function numberLiteral(text: string): Code {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (plain.endsWith('j')) throw new Refusal('JavaScript has no complex numbers');
  const isInteger = /^(?:0[xob][\da-f]+|\d+)$/.test(plain);
  if (isInteger && !Number.isSafeInteger(Number(plain)))
    throw new Refusal(`${text} is too large for a number of JavaScript`, `${plain}n`);
  // A member of it can be read in parentheses only.
  return code(/^\d+$/.test(plain) ? String(Number(plain)) : plain, isInteger ? int : float, binds.unary);
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text of a string literal. */
export function stringValue(literal: string): string {
  const [, prefix = '', quote = '', body = ''] = /^([a-z]*)('''|"""|'|")([^]*)\2$/i.exec(literal) ?? [];
  if (quote === '' || /b/i.test(prefix)) throw new Refusal('Bytes are not translated', "Buffer.from('…')");
  return unescaped(body, /r/i.test(prefix));
}

export function unescaped(body: string, isRaw: boolean): string {
  if (isRaw) return body;
  return body.replaceAll(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([0-7]{1,3})|N\{[^}]*\}|([^]))/gi,
    (all, ...found: (string | undefined)[]) => {
      const [x, u, long, octal, other] = found;
      // Only the letters themselves, and not their capitals, begin these.
      const hex = all[1] === 'x' ? x : all[1] === 'u' ? u : all[1] === 'U' ? (long ?? u) : undefined;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      if (all[1] === 'N') throw new Refusal('The name of a character is not translated', '\\u{…}');
      return other !== undefined && other in escapes ? (escapes[other] as string) : all;
    },
  );
}

/** A text within backticks. */
export function templateText(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${');
}
