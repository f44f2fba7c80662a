import { inspect } from 'node:util';

/** Parameters of URLs that give passwords. */
const SECRET_PARAMETERS = String.raw`([?&](?:password|sslpassword|authToken)=)`;

/**
 * Takes the passwords out of the URLs in any text. They stand before the first `/`, `?`, `#` or quote, so that no `@`
 * farther on is taken for the end of one, and every character is read once.
 */
export function maskPassword(text: string): string {
  const masked = text
    .replace(/(:\/\/[^:/?#\s'"`]*):[^/?#\s'"`]*@/g, '$1:***@')
    .replace(new RegExp(`${SECRET_PARAMETERS}[^&#\\s'"\`]*`, 'gi'), '$1***');
  return [...hidden].reduce((shown, [, given]) => shown.replace(given, '$1***$2'), masked);
}

/** What gives each password of an open database to something that is called so. */
const hidden = new Map<string, RegExp>();

/**
 * Has a password masked from now on wherever it is the value of a property or variable that is called so: options of
 * connections have it outside of URLs. Alone it may be any other word.
 */
export function hidePassword(password: string): void {
  if (password === '') return;
  const written = [password, JSON.stringify(password).slice(1, -1), inspect(password).slice(1, -1)];
  const forms = [...new Set(written)].map(form => form.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
  // Where colors are shown, a value begins and ends with one.
  const color = String.raw`(?:\x1b\[\d+m)*`;
  const given = String.raw`((?:password|authToken)\\*['"]?${color}\s*[:=]\s*${color}\\*['"\`])(?:${forms.join('|')})(\\*['"\`])`;
  hidden.set(password, new RegExp(given, 'g'));
}

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
    /(\w*(?:pass|pwd|token)\w*=)[^&;\s]*/gi,
    '$1***',
  );
}
