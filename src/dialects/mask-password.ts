/** Takes the password out of anything that may hold a database URL. */
export function maskPassword(text: string): string {
  return text
    .replace(/(:\/\/[^:/?#\s]*):[^\s]*@/g, '$1:***@')
    .replace(/([?&](?:password|sslpassword|authToken)=)[^&#\s]*/gi, '$1***');
}
