/** Parameters of URLs that give passwords. */
const SECRET_PARAMETERS = String.raw`([?&](?:password|sslpassword|authToken)=)`;

/**
 * Takes the passwords out of the URLs in any text. They stand before the first `/`, `?`, `#` or quote, so that no `@`
 * farther on is taken for the end of one, and every character is read once.
 */
export function maskPassword(text: string): string {
  return text
    .replace(/(:\/\/[^:/?#\s'"`]*):[^/?#\s'"`]*@/g, '$1:***@')
    .replace(new RegExp(`${SECRET_PARAMETERS}[^&#\\s'"\`]*`, 'gi'), '$1***');
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
