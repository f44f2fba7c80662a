/** What is worth knowing, and not seen at the prompt; one a day is shown at start. */
const tips = [
  'Tab completes properties, relations and operators: User.query.filterBy({ ⇥',
  'F1 explains the name at the cursor; so does a question mark behind it.',
  '_ is the last value, $1 the one before, _error the last error.',
  'Ctrl-R searches the history; a right arrow takes the grey suggestion.',
  '.sql on shows the SQL of each line; a query alone shows its own.',
  '.load FILE runs a file as if it were pasted; .editor opens your editor.',
  '.record walk.repl.md keeps this session as a test.',
  'copy(_) puts the last value on the clipboard.',
  '.type EXPRESSION tells what it is, without running it.',
  'Alt-Enter makes a new line where Enter would run the statement.',
  'mikroscope --sandbox undoes everything when you leave.',
  'A line that begins with a space stays out of the history.',
] as const;

const dayMs = 86_400_000;

/** @param now in milliseconds since 1970 */
export function tipOf(now: number): string {
  return tips[Math.floor(now / dayMs) % tips.length] ?? tips[0];
}
