import { parseTyped } from '../syntax/parse.ts';
import { commandOf } from './statement.ts';

/**
 * The statements of a text that has several, each with the comments before it. They are parsed as a whole: what goes on on
 * the next line is one with it. Statements on one line stay together, as somebody typed them.
 *
 * @returns undefined if the text goes on on another line
 */
export function splitStatements(text: string): readonly string[] | undefined {
  const parsed = parseTyped(text);
  // What TypeScript wrote is not at the places of what was typed.
  if (parsed.kind === 'program')
    return parsed.typed === parsed.source || parsed.typed === text
      ? splitAt(text, parsed.program.body)
      : [text];
  return splitAtCommand(text.split('\n')) ?? (parsed.kind === 'incomplete' ? undefined : [text]);
}

/** Whether a text is code as it stands. */
export function isCode(text: string): boolean {
  return parseTyped(text).kind === 'program';
}

/** Starts a statement where the line before has ended the one before it. */
function splitAt(
  text: string,
  body: readonly { readonly start: number; readonly end: number }[],
): readonly string[] {
  const statements: string[] = [];
  let from = 0;
  let [last] = body;
  for (const next of body.slice(1)) {
    const newLine = text.indexOf('\n', last?.end);
    if (newLine >= 0 && newLine < next.start) {
      statements.push(text.slice(from, newLine));
      from = newLine + 1;
    }
    last = next;
  }
  return [...statements, text.slice(from)];
}

/** Takes a command out that has a line of its own, where what is before it is complete. */
function splitAtCommand(lines: readonly string[]): readonly string[] | undefined {
  const index = lines.findIndex(line => commandOf(line) !== undefined);
  if (index < 0) return undefined;
  const before = lines.slice(0, index).join('\n');
  const after = lines.slice(index + 1).join('\n');
  const first = /\S/.test(before) ? splitStatements(before) : [];
  const rest = /\S/.test(after) ? splitStatements(after) : [];
  return first && rest && [...first, lines[index] ?? '', ...rest];
}
