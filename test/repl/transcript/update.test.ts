import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, integer, property, record, tuple } from 'fast-check';
import { withoutBlankEnd } from '../../../repl/transcript/parse/read-expectation.ts';
import type { Actual } from '../../../repl/transcript/outcome.ts';
import { parseTranscript } from '../../../repl/transcript/parse/parse-transcript.ts';
import { matchLine } from '../../../repl/transcript/parse/match-line.ts';
import { anyLines, tokenize } from '../../../repl/transcript/parse/pattern.ts';
import { updateTranscript } from '../../../repl/transcript/update/update-transcript.ts';
import { passes, playActuals, silent } from './support.ts';

function update(text: string, actuals: readonly Actual[]) {
  const transcript = parseTranscript('a.md', text);
  return updateTranscript(transcript, [playActuals(transcript, actuals)]);
}

const boundIn = (text: string, actuals: readonly Actual[]) =>
  playActuals(parseTranscript('a.md', text), actuals).steps.map(({ bindings }) => bindings);

const done = (output: readonly string[], more: Partial<Actual> = {}): Actual => ({
  ...silent,
  output,
  ...more,
});
const block = (...lines: readonly string[]) => ['```repl', ...lines, '```', ''].join('\n');

describe('an update', () => {
  it.each<[string, readonly string[], Actual, readonly string[]]>([
    ['writes what came', [], done(['a', 'b']), ['a', 'b']],
    ['takes away what went', ['a', 'b'], done(['b']), ['b']],
    ['keeps a line with a wildcard', ['id <int>', 'a'], done(['id 7', 'b']), ['id <int>', 'b']],
    ['keeps a wildcard in a line that changed', ['id <int> of a'], done(['id 7 of b']), ['id <int> of b']],
    ['keeps a binding', ['a <me:int>', '<me> x'], done(['b 7', '7 y']), ['b <me:int>', '<me> y']],
    ['keeps any lines', ['a', '<...>', 'z'], done(['a', 'm', 'n', 'y']), ['a', '<...>', 'y']],
    ['keeps a regular expression', ['<re:/a+ b/> 1 c'], done(['x aa b 1 d']), ['x <re:/a+ b/> 1 d']],
    ['writes a regular expression with a mark', [], done(['<re:/a/>']), ['\\<re:/a/>']],
    ['drops a wildcard that matches no more', ['id <int>'], done(['id x']), ['id x']],
    [
      'writes a prompt with a mark',
      [],
      done(['> 1', '... 2', '...', 'sql: x', '>']),
      ['\\> 1', '\\... 2', '\\...', '\\sql: x', '>'],
    ],
    ['writes a wildcard with a mark', [], done(['<int> <x>']), ['\\<int> <x>']],
    [
      'writes an error',
      ['1'],
      done(['Uncaught Odd: x', 'Advice.'], { bare: ['Uncaught Odd: x'] }),
      ['Uncaught Odd: x', 'Advice.'],
    ],
    [
      'leaves advice out where it was',
      ['Uncaught Odd: y'],
      done(['Uncaught Odd: x', 'Advice.'], { bare: ['Uncaught Odd: x'] }),
      ['Uncaught Odd: x'],
    ],
    [
      'writes SQL',
      ['sql: begin', 'sql: <...>', 'sql: end'],
      done([], { sql: ['begin', 'x', 'commit'] }),
      ['sql: begin', 'sql: <...>', 'sql: commit'],
    ],
    ['writes SQL where there was none', ['sql:'], done([], { sql: ['x'] }), ['sql: x']],
    ['writes no SQL', ['sql: x', 'sql: y'], done([]), ['sql:']],
    [
      'keeps whose SQL it is',
      ['sql: begin', 'sql(sqlite): x', 'sql(postgresql): y'],
      done([], { sql: ['begin', 'z'] }),
      ['sql: begin', 'sql(sqlite): z', 'sql(postgresql): y'],
    ],
    [
      'writes counts',
      ['queries: <=1', 'pending: 1 new (User)'],
      done([], { queries: 3, pending: '2 new (User)' }),
      ['queries: <=3', 'pending: 2 new (User)'],
    ],
    [
      'leaves directives where they are',
      ['a', 'queries: 1', 'b'],
      done(['a', 'c'], { queries: 1 }),
      ['a', 'queries: 1', 'c'],
    ],
    ['leaves what passes', ['<*>', 'queries: <=9', '', ''], done(['a']), ['<*>', 'queries: <=9', '', '']],
  ])('%s', (_, before, actual, after) => {
    const text = update(block('> 1', ...before), [actual]).text;
    expect(text).toBe(block('> 1', ...after));
    expect(passes(text, [actual])).toBe(true);
  });

  it('keeps the names that the steps after it were played with', () => {
    const text = block('> 1', '<y:*> <x:int> 7 <x>', '> get(<x>)', 'it');
    const actuals = [done(['a <int> -3']), done(['it'])];
    const { text: now, refused } = update(text, actuals);
    expect({ now, refused }).toEqual({
      now: block('> 1', '<y:*> -<x:int>', '> get(<x>)', 'it'),
      refused: [],
    });
    expect(boundIn(now, actuals)).toEqual(boundIn(text, actuals));
  });

  it('13: keeps the names of redactions, and marks a text that looks like one', () => {
    const file = (...lines: readonly string[]) =>
      `---\nredact: { token: "[0-9a-f]{4}" }\n---\n${block('> 1', ...lines)}`;
    const actual = done(['x 12ab', 'id dead', '<token>']);
    const text = file('x <token>', 'as <id:token>', 'a');
    const after = file('x <token>', 'id <id:token>', '\\<token>');
    expect(update(text, [actual]).text).toBe(after);
    expect(passes(after, [actual])).toBe(true);
    expect(boundIn(after, [actual])).toEqual([{ id: 'dead' }]);
  });

  it('keeps every wildcard of an unordered block', () => {
    const text = '```repl {unordered}\n> 1\nb <int>\na <id:int>\n<id>!\n```\n';
    const actual = done(['7!', 'a 7', 'c 1', 'b 8']);
    expect(update(text, [actual]).text).toBe(
      '```repl {unordered}\n> 1\nb <int>\na <id:int>\n<id>!\nc 1\n```\n',
    );
  });

  it.each([
    [
      'a list',
      '1. x\n\n   ```repl\n   > 1\n   a\n\n   ```\n',
      '1. x\n\n   ```repl\n   > 1\n   b\n\n   c\n\n   ```\n',
    ],
    ['tabs', '- x\n\n\t```repl\n\t> 1\n\ta\n\t```\n', '- x\n\n\t```repl\n\t> 1\n\tb\n\n\tc\n\t```\n'],
    ['a quote', '> ```repl\n> > 1\n> a\n> ```\n', '> ```repl\n> > 1\n> b\n>\n> c\n> ```\n'],
    [
      'a quote in a list',
      '- > ~~~repl\n  > > 1\n  > a\n  > ~~~\n',
      '- > ~~~repl\n  > > 1\n  > b\n  >\n  > c\n  > ~~~\n',
    ],
    ['a hidden block', '<!-- repl setup\n> 1\na\n-->\n', '<!-- repl setup\n> 1\nb\n\nc\n-->\n'],
    [
      'Windows newlines',
      'x\r\n```repl\r\n> 1\r\na\r\n```\r\ny',
      'x\r\n```repl\r\n> 1\r\nb\r\n\r\nc\r\n```\r\ny',
    ],
    ['newlines of both kinds', 'x\r\n```repl\n> 1\na\n```\r\n', 'x\r\n```repl\n> 1\nb\n\nc\n```\r\n'],
    ['a byte order mark', '\uFEFF```repl\n> 1\na\n```', '\uFEFF```repl\n> 1\nb\n\nc\n```'],
  ])('keeps what stands around: %s', (_, before, after) => {
    const actual = done(['b', '', 'c']);
    expect(update(before, [actual]).text).toBe(after);
    expect(passes(after, [actual])).toBe(true);
  });

  it.each([
    ['```', '````'],
    ['`````', '``````'],
    ['```repl {#a}', '````'],
    ['~~~', '```'],
  ])('makes a fence that %s does not end', (line, fence) => {
    const actual = done([line]);
    const { text } = update(block('> 1', 'a'), [actual]);
    expect(text).toBe(`${fence}repl\n> 1\n${line}\n${fence}\n`);
    expect(passes(text, [actual])).toBe(true);
  });

  it('shows what changes', () => {
    expect(update(`# A\n\n${block('> 1', 'a', '> 2', 'b')}`, [done(['c']), done(['b'])]).diff).toEqual([
      '@@ line 3 @@',
      ' ```repl',
      ' > 1',
      '-a',
      '+c',
      ' > 2',
      ' b',
    ]);
  });

  it('is refused where the databases disagree', () => {
    const text = block('> 1', 'a', '> 2', 'b');
    const transcript = parseTranscript('a.md', text);
    const other = playActuals(transcript, [done(['x']), done(['z'])]);
    const { text: now, refused } = updateTranscript(transcript, [
      playActuals(transcript, [done(['x']), done(['y'])]),
      {
        ...other,
        database: 'postgresql',
        steps: other.steps.map(step => ({ ...step, database: 'postgresql' })),
      },
    ]);
    expect(now).toBe(block('> 1', 'x', '> 2', 'b'));
    expect(refused).toEqual([{ line: 4, message: expect.stringContaining('The databases disagree here') }]);
  });

  it.each([
    [
      'ends a hidden block',
      '<!-- repl setup\n> 1\n-->\n',
      [done([], { bare: ['Uncaught a: -->'], output: ['Uncaught a: -->'] })],
      2,
    ],
    [
      'names what is bound no more',
      block('> 1', '<me:int>', '> get(<me>)', '1'),
      [done(['x']), done(['Uncaught SyntaxError: y'], { bare: ['Uncaught SyntaxError: y'] })],
      4,
    ],
  ])('is refused for what %s', (_, text, actuals, line) => {
    expect(update(text, actuals).refused).toEqual([{ line, message: expect.any(String) }]);
  });

  it.each([
    ['a wildcard', '<int> <...>', String.raw`\<int> <...>`],
    ['an error', 'Uncaught a', 'Uncaught a'],
  ])('does not name a value that reads as %s', (_, printed, written) => {
    const [value = ''] = /^Uncaught|.*/.exec(printed) ?? [];
    const text = block('> 1', 'a <y:*>', '> 1');
    const actuals = [done([`b ${value}`]), done([printed], error([printed]))];
    const updated = update(text, actuals).text;
    expect(updated).toBe(block('> 1', 'b <y:*>', '> 1', written));
    expect(passes(updated, actuals)).toBe(true);
  });
});

describe('any update', () => {
  const word = constantFrom(
    'a',
    'user',
    '7',
    '-3',
    '1.5',
    '2026-01-05',
    '/tmp/x',
    '<int>',
    '<',
    '>',
    '...',
    '\\',
    '',
    'sql:',
    "'q'",
    '```',
    '<...>',
    '<t>',
    '<re:/a/>',
    'Uncaught',
  );
  const printed = array(
    array(word, { maxLength: 5 }).map(words => words.join(' ').trimEnd()),
    { maxLength: 6 },
  ).map(lines => lines.slice(0, lines.findLastIndex(line => line !== '') + 1));
  const wild = constantFrom(
    '<int>',
    '<num>',
    '<*>',
    '<x:int>',
    '<y:*>',
    '<date>',
    '<path>',
    'a',
    'user',
    '7',
    '<x>',
    '<t>',
    '<x:t>',
    '<re:/u[a-z]+ ?7*/>',
  );
  const written = array(
    array(wild, { maxLength: 5 }).map(words => words.join(' ')),
    { maxLength: 6 },
  ).chain(lines =>
    integer({ min: 0, max: lines.length }).map(at =>
      at % 2 === 1 ? lines.toSpliced(at, 0, anyLines) : lines,
    ),
  );
  const step = record({ written, output: printed });

  it('makes a file that passes, and then changes nothing', () => {
    assert(
      property(
        array(step, { minLength: 1, maxLength: 3 }),
        constantFrom('', ' {unordered}'),
        (steps, info) => {
          const text = `---\nredact: { t: "-?[0-9]+" }\n---\n\`\`\`repl${info}\n${steps.map(each => ['> 1', ...each.written].join('\n')).join('\n')}\n\`\`\`\n`;
          const actuals = steps.map(({ output }) => done(output, error(output)));
          const once = update(text, actuals).text;
          expect(passes(once, actuals)).toBe(true);
          expect(update(once, actuals).text).toBe(once);
          // The steps were played with the names that the failed ones before them bind.
          expect(boundIn(once, actuals)).toEqual(boundIn(text, actuals));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps each wildcard of a line that is still there', () => {
    assert(
      property(written, tuple(printed, integer({ min: 0, max: 6 })), (lines, [noise, at]) => {
        const kept = lines.filter(
          line =>
            line !== anyLines &&
            line !== '' &&
            !line.includes('<x') &&
            !line.includes('<y') &&
            !line.includes('<t'),
        );
        const output = kept
          .map(fill)
          .toSpliced(at, 0, ...noise.filter(line => kept.every(each => !matchLine(each, line, new Map()))));
        const { text } = update(block('> 1', ...kept), [done(withoutBlankEnd(output))]);
        const left = text.split('\n');
        for (const line of kept) expect(left).toContain(line);
      }),
      { numRuns: 500 },
    );
  });
});

function error(output: readonly string[]): Partial<Actual> {
  return output.some(line => line.startsWith('Uncaught ')) ? { bare: output } : {};
}

/** A line that matches. */
function fill(line: string): string {
  const values: Record<string, string> = {
    int: '12',
    num: '1.25',
    '*': 'any',
    date: '2026-02-03',
    path: '/a/b',
    '/u[a-z]+ ?7*/': 'user 7',
  };
  return tokenize(line)
    .map(token => (token.kind === 'wildcard' ? (values[token.type] ?? '') : token.source))
    .join('');
}
