import {
  databaseNames,
  type Expectation,
  type ExpectedQueries,
  type ExpectedSql,
  isDatabaseName,
} from '../transcript.ts';
import { matchLine } from './match-line.ts';
import { anyLines, type Bindings, wildcardProblem } from './pattern.ts';

/** What a line under a statement says. */
type WrittenLine =
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'sql'; readonly sql: ExpectedSql }
  | { readonly kind: 'queries'; readonly queries: ExpectedQueries }
  | { readonly kind: 'pending'; readonly pending: string }
  | { readonly kind: 'invalid'; readonly message: string };

/** A line that is about the step instead of printed by it. */
const directive = /^(sql|queries|pending)(?:\((\w*)\))?:(?: (.*))?$/;

/** A printed line that would be read as a prompt or a directive. */
const needsEscape = /^(?:> |\.\.\.(?: |$)|(?:sql|queries|pending)(?:\(\w*\))?:(?: |$))/;

/**
 * Reads what is written under a statement.
 *
 * @param complain receives what is wrong with a line, counted from 0
 */
export function readExpectation(
  lines: readonly string[],
  complain: (line: number, message: string) => void,
): Expectation {
  const output: string[] = [];
  const sql: ExpectedSql[] = [];
  let counted: Pick<Expectation, 'queries'> = {};
  let staged: Pick<Expectation, 'pending'> = {};
  for (const [index, line] of lines.entries()) {
    const problem = wildcardProblem(line);
    if (problem !== undefined) complain(index, problem);
    const written = readLine(line);
    switch (written.kind) {
      case 'output':
        output.push(written.text);
        break;
      case 'sql':
        sql.push(written.sql);
        break;
      case 'queries':
        if (counted.queries) complain(index, `A step can have only one ${written.kind}: line.`);
        counted = { queries: written.queries };
        break;
      case 'pending':
        if (staged.pending !== undefined) complain(index, `A step can have only one ${written.kind}: line.`);
        staged = { pending: written.pending };
        break;
      case 'invalid':
        complain(index, written.message);
        break;
    }
  }
  return { output: withoutBlankEnd(output), sql, ...counted, ...staged, written: lines };
}

function readLine(line: string): WrittenLine {
  const [, kind, database, text = ''] = directive.exec(line) ?? [];
  if (kind === undefined) return { kind: 'output', text: unescapeLine(line) };
  if (kind === 'sql' && database === undefined) return { kind, sql: { text } };
  if (kind === 'sql' && database !== undefined && isDatabaseName(database))
    return { kind, sql: { database, text } };
  if (kind === 'sql')
    return {
      kind: 'invalid',
      message: `'${database}' is not a database; write sql(NAME): with one of ${databaseNames.join(', ')}.`,
    };
  if (database !== undefined)
    return { kind: 'invalid', message: `Only sql: can be for one database; write ${kind}: alone.` };
  if (kind === 'pending') return { kind, pending: text.trim() };
  const [, atMost, count] = /^(<=)?\s*(\d+)$/.exec(text.trim()) ?? [];
  return count === undefined
    ? { kind: 'invalid', message: `'${line}' has no number; write queries: 2 or queries: <=2.` }
    : { kind: 'queries', queries: { atMost: atMost !== undefined, count: Number(count) } };
}

/** The directive that a written line is; undefined for output. */
export function directiveKind(line: string): 'sql' | 'queries' | 'pending' | undefined {
  return directive.exec(line)?.[1] as ReturnType<typeof directiveKind>;
}

/** Writes a printed line so that it is not read as a prompt or a directive. */
export function escapeLine(line: string): string {
  return needsEscape.test(line.replace(/^\\+/, '')) ? `\\${line}` : line;
}

/** The inverse of {@link escapeLine}. */
export function unescapeLine(line: string): string {
  return line.startsWith('\\') && needsEscape.test(line.replace(/^\\+/, '')) ? line.slice(1) : line;
}

/** Whether a line says that a statement threw. No wildcard matches it. */
export function isErrorLine(line: string): boolean {
  return line.startsWith('Uncaught ');
}

/** Whether a written line, which may be `<...>`, matches a printed one. */
export function standsFor(written: string, printed: string, bindings: Bindings): boolean {
  if (isErrorLine(printed) && !isErrorLine(written)) return false;
  return written.trim() === anyLines || matchLine(unescapeLine(written), printed, bindings) !== undefined;
}

/** Removes trailing spaces, and blank lines at the end: neither counts. */
export function withoutBlankEnd(lines: readonly string[]): string[] {
  const trimmed = lines.map(line => line.trimEnd());
  return trimmed.slice(0, trimmed.findLastIndex(line => line !== '') + 1);
}
