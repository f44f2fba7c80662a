import { withoutBlankEnd } from '../parse/expectation.ts';

/** Removes the quotes around names in SQL, which differ between databases, and keeps those around values. */
export function withoutQuotes(sql: string): string {
  return sql.replaceAll(/'(?:[^']|'')*'|["`]/g, quoted => (quoted.startsWith("'") ? quoted : ''));
}

/** Removes the frames of a stack, which are never compared. */
export function withoutStack(lines: readonly string[]): string[] {
  return withoutBlankEnd(lines.filter(line => !stackFrame.test(line)));
}

/** The properties that an error has of its own may open, with ` {`, at the end of the last frame. */
const stackFrame = /^\s+at (?:.*(?::\d+:\d+\)?|\((?:<anonymous>|native|index \d+)\))|<anonymous>)(?: \{)?$/;
