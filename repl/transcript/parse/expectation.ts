import { anyLines, type Bindings, matchLine, wildcardProblem } from './pattern.ts';
import { type ExpectedSql, type Expectation, isDatabaseName } from '../transcript.ts';

/** A line that is about the step and not printed by it. */
const directive = /^(sql|queries|pending)(?:\((\w*)\))?:(?: (.*))?$/;
const looksLikeOther = /^(?:> |\.\.\.(?: |$)|(?:sql|queries|pending)(?:\(\w*\))?:(?: |$))/;

/**
 * Reads what is written under a statement.
 *
 * @param complain takes what is wrong with a line, counted from 0
 */
export function readExpectation(
  lines: readonly string[],
  complain: (line: number, message: string) => void,
): Expectation {
  const output: string[] = [];
  const sql: ExpectedSql[] = [];
  let queries: Expectation['queries'];
  let pending: string | undefined;
  for (const [index, line] of lines.entries()) {
    const problem = wildcardProblem(line);
    if (problem !== undefined) complain(index, problem);
    const [, kind, database, text = ''] = directive.exec(line) ?? [];
    if (kind === undefined) output.push(unescapeLine(line));
    else if (database !== undefined && (kind !== 'sql' || !isDatabaseName(database)))
      complain(index, `'${line}' names no database; write sql(postgresql): or sql(sqlite):.`);
    else if ((kind === 'pending' && pending !== undefined) || (kind === 'queries' && queries))
      complain(index, `${kind}: is written twice; a step has one.`);
    else if (kind === 'pending') pending = text.trim();
    else if (kind === 'sql')
      sql.push(database !== undefined && isDatabaseName(database) ? { database, text } : { text });
    else {
      const [, atMost, count] = /^(<=)?\s*(\d+)$/.exec(text.trim()) ?? [];
      if (count === undefined) complain(index, `'${line}' is no count; write queries: 2 or queries: <=2.`);
      queries = { atMost: atMost !== undefined, count: Number(count) };
    }
  }
  return {
    output: withoutBlankEnd(output),
    sql,
    ...(queries && { queries }),
    ...(pending !== undefined && { pending }),
    written: lines,
  };
}

/** What a line under a statement is about, if it is not output. */
export function directiveKind(line: string): 'sql' | 'queries' | 'pending' | undefined {
  return directive.exec(line)?.[1] as ReturnType<typeof directiveKind>;
}

/** Writes a printed line so that it is not taken for a prompt or a directive. */
export function escapeLine(line: string): string {
  return looksLikeOther.test(line.replace(/^\\+/, '')) ? `\\${line}` : line;
}

/** The line that an escaped one stands for. */
export function unescapeLine(line: string): string {
  return line.startsWith('\\') && looksLikeOther.test(line.replace(/^\\+/, '')) ? line.slice(1) : line;
}

/** The line that says that a statement threw. No wildcard stands for it. */
export function isErrorLine(line: string): boolean {
  return line.startsWith('Uncaught ');
}

/** Whether a written line, or `<...>`, can stand for a printed one. */
export function standsFor(written: string, printed: string, bindings: Bindings): boolean {
  if (isErrorLine(printed) && !isErrorLine(written)) return false;
  return written.trim() === anyLines || matchLine(unescapeLine(written), printed, bindings) !== undefined;
}

/** Trailing spaces, and blank lines at the end, do not count. */
export function withoutBlankEnd(lines: readonly string[]): string[] {
  const trimmed = lines.map(line => line.trimEnd());
  return trimmed.slice(0, trimmed.findLastIndex(line => line !== '') + 1);
}
