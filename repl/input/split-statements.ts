import { parseTyped } from '../syntax/parse.ts';

/** A line that is a command, unless it goes on with the chain before it. */
const command = /^[ \t]*\.[a-z]\w*(?:[ \t]+.*)?$/i;

/**
 * The statements of a text that has several, each with the comments before it. They are parsed as a whole: what goes on on
 * the next line is one with it. Statements on one line stay together, as somebody typed them.
 *
 * @returns undefined if the text goes on on another line
 */
export function splitStatements(text: string): readonly string[] | undefined {
  const parsed = parseTyped(text);
  if (parsed.kind === 'incomplete') return undefined;
  // What TypeScript wrote is not at the places of what was typed.
  if (parsed.kind === 'program')
    return parsed.typed === parsed.source || parsed.typed === text
      ? splitAt(text, parsed.program.body)
      : [text];
  const index = text.split('\n').findIndex(line => command.test(line));
  return index < 0 || !text.includes('\n') ? [text] : splitAtCommand(text.split('\n'), index);
}

/** Starts a statement where the line before has ended the one before it. */
function splitAt(
  text: string,
  body: readonly { readonly start: number; readonly end: number }[],
): readonly string[] {
  const statements: string[] = [];
  let from = 0;
  let last = body[0];
  for (const next of body.slice(1)) {
    const newLine = text.slice(0, next.start).indexOf('\n', last?.end);
    if (newLine >= 0) {
      statements.push(text.slice(from, newLine));
      from = newLine + 1;
    }
    last = next;
  }
  return [...statements, text.slice(from)];
}

function splitAtCommand(lines: readonly string[], index: number): readonly string[] | undefined {
  const before = lines.slice(0, index).join('\n');
  const after = lines.slice(index + 1).join('\n');
  const first = /\S/.test(before) ? splitStatements(before) : [];
  const rest = /\S/.test(after) ? splitStatements(after) : [];
  // Before a command everything is ended; what is not says so itself.
  return rest && [...(first ?? [before]), lines[index] ?? '', ...rest];
}
