import { inspect } from 'node:util';

/** Parameters of URLs that give passwords. */
const SECRET_PARAMETERS = String.raw`([?&](?:password|sslpassword|passphrase|authToken|encryptionKey)=)`;

/**
 * Takes the passwords out of the URLs in any text. They stand before the first `/`, `?`, `#` or quote, so that no `@`
 * farther on is taken for the end of one, and every character is read once.
 */
export function maskPassword(text: string): string {
  const masked = text
    .replace(/(:\/\/[^:/?#\s'"`]*):[^/?#\s'"`]*@/g, '$1:***@')
    .replace(new RegExp(`${SECRET_PARAMETERS}[^&#\\s'"\`]*`, 'gi'), '$1***');
  return [...hidden.values()].reduce((shown, mask) => mask(shown), masked);
}

/** What masks each secret of an open database. */
const hidden = new Map<string, (text: string) => string>();

/**
 * Has a secret masked from now on. One that can be no word is masked wherever it stands, also as it is written in a URL; what
 * may be a word, such as `postgres`, where it is given to something that is called a secret: alone it may be anything.
 *
 * @param words names that show in what is printed, such as that of the database
 */
export function hideSecret(secret: string, words: readonly string[] = []): void {
  if (secret === '') return;
  // A text of JSON may be shown as a string, or be in one.
  const json = JSON.stringify(secret);
  const escaped = [json, inspect(secret), inspect(json).slice(1, -1), JSON.stringify(json).slice(2, -2)];
  const urls = [encodeURIComponent(secret), encodeURI(secret)];
  const written = new Set([secret, ...escaped.map(text => text.slice(1, -1)), ...urls]);
  // The longest first: of two that begin alike, the end of the longer one would be left.
  const forms = [...written].toSorted((a, b) => b.length - a.length).map(literally);
  const any = `(?:${forms.join('|')})`;
  if (isNoWord(secret) && !words.some(word => word.includes(secret))) {
    const anywhere = new RegExp(any, 'g');
    hidden.set(secret, text => text.replace(anywhere, '***'));
    return;
  }
  // Where colors are shown, a value begins and ends with one.
  const color = String.raw`(?:\x1b\[\d+m)*`;
  const given = new RegExp(
    String.raw`(${SECRET_NAMES}\\*['"]?${color}\s*[:=]\s*${color}(\\*['"\`]|))${any}(?=\2(?:[^\w]|$))`,
    'g',
  );
  hidden.set(secret, text => text.replace(given, '$1***'));
}

/** What options and variables are called that hold a secret, in every case. */
const SECRET_NAMES = anyCase('(?:pass|pwd|token|secret)') + String.raw`\w*`;

function anyCase(source: string): string {
  return source.replaceAll(/[a-z]/g, letter => `[${letter}${letter.toUpperCase()}]`);
}

function literally(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

/** Whether a secret is not likely to be a word, or a part of one. */
function isNoWord(secret: string): boolean {
  return secret.length >= shortestAnywhere && /[a-z]/i.test(secret) && /\d|.[A-Z]/.test(secret);
}

/** What is shorter may be in any text by coincidence. */
const shortestAnywhere = 8;

/** A URL without its passwords, whatever is in them. */
export function maskUrl(url: URL): string {
  const masked = new URL(url);
  if (masked.password !== '') masked.password = '***';
  masked.search = masked.search.replace(new RegExp(`${SECRET_PARAMETERS}[^&]*`, 'gi'), '$1***');
  return masked.href;
}

/**
 * Takes what may be a password out of a text that was meant as a database URL and is none: all that stands before its
 * last `@`.
 */
export function maskMistypedUrl(text: string): string {
  const masked = text.replace(/^([^/]*:\/\/[^:/?#\s]*):.*@/s, '$1:***@');
  return (masked === text ? text.replace(/^([a-z]*).*@/is, '$1***@') : masked).replaceAll(
    /(\w*(?:pass|pwd|token|secret|key)\w*=)[^&;\s]*/gi,
    '$1***',
  );
}
