/** Whether the program is at a terminal that obeys codes, such as those that move the cursor. */
export function knowsCodes(): boolean {
  return process.env['TERM'] !== 'dumb' && process.stdin.isTTY && process.stdout.isTTY;
}
