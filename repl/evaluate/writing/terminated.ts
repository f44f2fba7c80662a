/** A statement with a semicolon, typed or not: what is written for the next may begin with a parenthesis. */
export function terminated(code: string): string {
  return `${unterminated(code)};`;
}

export function unterminated(code: string): string {
  return code.replace(/;(\s*)$/, '$1');
}
