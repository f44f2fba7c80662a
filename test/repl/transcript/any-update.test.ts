// The numbers in the names are those of docs/transcripts.md.
import { expect, it } from '@jest/globals';
import { array, assert, boolean, constantFrom, oneof, property, record, string } from 'fast-check';
import { withoutStack } from '../../../repl/transcript/compare/without-stack.ts';
import type { Actual } from '../../../repl/transcript/outcome.ts';
import { newline, parseTranscript } from '../../../repl/transcript/parse/parse-transcript.ts';
import { tokenize } from '../../../repl/transcript/parse/pattern.ts';
import { literalText } from '../../../repl/transcript/run/printed-lines.ts';
import { stepsOf, type Step, type Transcript } from '../../../repl/transcript/transcript.ts';
import { updateTranscript } from '../../../repl/transcript/update/update-transcript.ts';
import { withoutNameQuotes } from '../../../src/index.ts';
import { passes, playActuals, silent } from './support.ts';

/** What a program may print, with everything that means something in a transcript, in Markdown or in a regular expression. */
const pieces =
  'a|user|7|-3|1.5|2026-01-05|/tmp/x|<int>|<|>|...|\\|\\\\|  |\t|sql:|sql: |pending: 1|queries: 1|> |... |```|````|~~~|```repl|<...>| <...> |<t>|<re:/a/>|\\<int>|<x:int>|<x>|<*>|<re:/|(|/>|Uncaught |\\Uncaught |    at a (b.ts:1:2)|{|é|😀|\u202E|\u2028|\u00A0|\0|\x7F|\uFEFF|\r|-->|#|[|$&|$1|longvalue1234|<ref *1>|"|\''.split(
    '|',
  );
const piece = oneof(
  { weight: 6, arbitrary: constantFrom(...pieces) },
  { weight: 1, arbitrary: string({ unit: 'binary', maxLength: 5 }) },
);
const printed = array(
  array(piece, { maxLength: 5 }).map(parts => parts.join('')),
  { maxLength: 5 },
).map(lines => lines.join('\n'));
const sql = array(
  constantFrom(
    'begin',
    'select  "a"',
    "insert into t values ('<int>')",
    'select "a ""b"""',
    "select '`q`'",
    'select `x` -- end',
    "select 'a\n b'",
    '<...>',
  ),
  { maxLength: 3 },
).map(statements => statements.map(statement => withoutNameQuotes(statement, 'sqlite')));
const written = array(
  oneof(
    array(
      constantFrom(
        ...'<int>|<num>|<*>|<x:int>|<y:*>|<date>|<path>|a|user|7|<x>|<t>|<x:t>|<re:/u[a-z]+ ?7*/>| |longvalue1234|<n:*>|<n>|é|\\<int>'.split(
          '|',
        ),
      ),
      { maxLength: 4 },
    ).map(parts => parts.join('')),
    constantFrom('<...>', 'Uncaught a', 'Uncaught <*>', 'sql: <...>', 'sql: select <*>', 'sql: x', '', 'x '),
  ),
  { maxLength: 5 },
);
const step = record({ written, printed, sql, threw: boolean() });

/** How the blocks of a file may stand in it. */
const around: Readonly<Record<string, (lines: readonly string[]) => readonly string[]>> = {
  plain: lines => ['```repl', ...lines, '```'],
  unordered: lines => ['```repl {unordered}', ...lines, '```'],
  list: lines => ['- ```repl', ...lines.map(line => `  ${line}`.trimEnd()), '  ```'],
  quote: lines => ['> ```repl', ...lines.map(line => `> ${line}`.trimEnd()), '> ```'],
  hidden: lines => ['<!-- repl setup', ...lines, '-->'],
};

it('11: passes, is the same again, and has no wildcard that was not there', () => {
  assert(
    property(
      array(step, { minLength: 1, maxLength: 3 }),
      constantFrom(...Object.keys(around)),
      constantFrom('\n', '\r\n'),
      (steps, place, end) => {
        const body = steps.flatMap(each => ['> 1', ...each.written]);
        const text = [
          '---',
          'redact: { t: "-?[0-9]+" }',
          '---',
          '',
          ...(around[place]?.(body) ?? []),
          '',
        ].join(end);
        const transcript = parseTranscript('a.md', text);
        const actuals = steps.map(actualOf);
        if (transcript.problems.length > 0) return;
        const { text: once, refused } = updateTranscript(transcript, [playActuals(transcript, actuals)]);
        expect(refused.length > 0 || passes(once, actuals)).toBe(true);
        const updated = parseTranscript('a.md', once);
        expect(updateTranscript(updated, [playActuals(updated, actuals)]).text).toBe(once);
        const before = wildcardsOf(transcript);
        expect(wildcardsOf(updated).map((count, index) => count <= (before[index] ?? 0))).toEqual(
          before.map(() => true),
        );
        expect(once.split('\n').length - 1).toBe(once.split(end).length - 1);
      },
    ),
    { numRuns: 150 },
  );
});

it('11: takes a line of 300,000 characters, changed in its middle, with a wildcard or without', () => {
  const long = 'word 7 '.repeat(43_000).trim();
  const other = long.replace(/^(.{150000})./, '$1!');
  for (const line of [long, `<*>${long.slice(5)}`, `<re:/w[a-z]+/>${long.slice(4)}`]) {
    const transcript = parseTranscript('a.md', `\`\`\`repl\n> 1\n${line}\n\`\`\`\n`);
    const actuals = [{ ...silent, output: [other] }];
    const { text } = updateTranscript(transcript, [playActuals(transcript, actuals)]);
    expect(passes(text, actuals)).toBe(true);
    expect(passes(text, [{ ...silent, output: [long] }])).toBe(false);
  }
});

function actualOf(each: { printed: string; sql: readonly string[]; threw: boolean }): Actual {
  const text = literalText(each.printed);
  const lines = (shown: string) => withoutStack(shown.split(newline));
  const ran = { ...silent, sql: each.sql };
  if (!each.threw) return { ...ran, output: lines(text) };
  const bare = lines(`Uncaught E${text}`);
  return { ...ran, bare, output: [...bare, 'Advice.'] };
}

/** How many wildcards each step has. */
function wildcardsOf(transcript: Transcript): number[] {
  const isAny = (line: string) => /^(?:sql: )?<\.\.\.>$/.test(line.trim());
  const inLine = (line: string) =>
    tokenize(line).filter(({ kind }) => kind === 'wildcard').length + Number(isAny(line));
  const inStep = (each: Step) => each.expected.written.reduce((sum, line) => sum + inLine(line), 0);
  return stepsOf(transcript).map(({ step: each }) => inStep(each));
}
