/** Takes the password out of anything that may hold a database URL. */
export function maskPassword(text: string): string {
  return text
    .replace(/(:\/\/[^:/?#\s]*):[^\s]*@/g, '$1:***@')
    .replace(/([?&](?:password|sslpassword|authToken)=)[^&#\s]*/gi, '$1***');
}

/**
 * Takes what may be a password out of a text that was meant as a database URL and is none: all that stands before its
 * last `@`.
 */
export function maskMistypedUrl(text: string): string {
  const masked = maskPassword(text);
  return (masked === text ? text.replace(/^([a-z]*).*@/is, '$1***@') : masked).replaceAll(
    /(\w*(?:pass|pwd|token)\w*=)[^&;\s]*/gi,
    '$1***',
  );
}
