import { describe, expect, it } from '@jest/globals';
import { findDifferences } from '../../../repl/transcript/compare/find-differences.ts';
import { compareStep } from '../../../repl/transcript/compare/compare-step.ts';
import { withoutStack } from '../../../repl/transcript/compare/without-stack.ts';
import type { Actual, FileOutcome } from '../../../repl/transcript/outcome.ts';
import { parseTranscript } from '../../../repl/transcript/parse/parse-transcript.ts';
import type { DatabaseName } from '../../../repl/transcript/transcript.ts';

const silent: Actual = { output: [], sql: [], queries: 0, pending: 'nothing' };

interface Rules {
  readonly info?: string;
  readonly database?: DatabaseName;
  readonly bound?: Readonly<Record<string, string>>;
}

/** Judges one step with these lines under it. */
function verdict(
  written: readonly string[],
  actual: Partial<Actual>,
  { info = '', database = 'sqlite', bound = {} }: Rules = {},
) {
  const { blocks } = parseTranscript('a.md', ['```repl', '> 1', ...written, '```'].join('\n'));
  const [block] = parseTranscript('a.md', `\`\`\`repl ${info}\n\`\`\`\n`).blocks;
  const [step] = blocks.flatMap(({ steps }) => steps);
  if (!block || !step) throw new Error('There is no step.');
  const { failures, bindings } = compareStep(
    step,
    { ...silent, ...actual },
    { ...block, database },
    new Map(Object.entries(bound)),
  );
  return { failed: failures.map(({ kind }) => kind), bindings: Object.fromEntries(bindings) };
}

const error = { output: ['Uncaught Odd: it is', 'Write it even.'], bare: ['Uncaught Odd: it is'] };

describe('output', () => {
  it.each([
    [[], [], true],
    [['a'], [], false],
    [[], ['a'], false],
    [['a', 'b'], ['a', 'b'], true],
    [['a', 'b'], ['b', 'a'], false],
    [['a', '', 'b'], ['a', 'b'], false],
    [['a'], [' a'], false],
    [['<...>'], [], true],
    [['<...>'], ['a', '', 'b'], true],
    [['a', '<...>', 'z'], ['a', 'z'], true],
    [['a', '<...>', 'z'], ['a', 'z', 'y', 'z'], true],
    [['a', '<...>', 'z'], ['a', 'z', 'y'], false],
    [['<...>', 'b', '<...>', 'b', 'c'], ['b', 'b', 'b', 'c'], true],
    [['<...>', 'b', '<...>', 'b', 'c'], ['b', 'c'], false],
    [['<*>'], ['a', 'b'], false],
    [['<n:int>', '<n>'], ['1', '1'], true],
    [['<n:int>', '<n>'], ['1', '2'], false],
  ])('%j is met by %j: %j', (written, output, met) => {
    expect(verdict(written, { output }).failed).toEqual(met ? [] : ['output']);
  });

  it('binds over lines, steps and kinds', () => {
    const { failed, bindings } = verdict(
      ['<a:int>', '<a> <b:*>', 'sql: select <c:int>', 'pending: <d:int> new'],
      { output: ['1', '1 x'], sql: ['select 7'], pending: '3 new' },
    );
    expect(failed).toEqual([]);
    expect(bindings).toEqual({ a: '1', b: 'x', c: '7', d: '3' });
    expect(verdict(['<a>'], { output: ['2'] }, { bound: bindings }).failed).toEqual(['output']);
  });

  it('of a hidden block is checked where it is written', () => {
    const setup = (text: string, output: readonly string[]) => {
      const [block] = parseTranscript('a.md', `<!-- repl setup\n> 1\n${text}-->\n`).blocks;
      const [step] = block?.steps ?? [];
      return (
        block &&
        step &&
        compareStep(step, { ...silent, output }, { ...block, database: 'sqlite' }, new Map()).failures.length
      );
    };
    expect(setup('', ['created user'])).toBe(0);
    expect(setup('a\n', ['created user'])).toBe(1);
  });
});

describe('<...> and names', () => {
  it.each([
    [['<...>', '<id:int>', '<...>', 'row <id>'], ['1', '2', '3', 'row 2'], true],
    [['<...>', '<id:int>', '<...>', 'row <id>'], ['1', '2', '3', 'row 4'], false],
    [
      ['<...>', '<a:int>', '<...>', '<b:int>', '<...>', '<b> <a>', '<...>'],
      ['1', '2', '3', '4', '4 2', 'x'],
      true,
    ],
    [['<...>', 'b', '<...>'], ['a', 'a'], false],
    [['<...>'], [], true],
    [['a', '<...>', 'c'], ['a', 'c', 'b', 'c'], true],
  ])('%j is met by %j: %j', (written, output, met) => {
    expect(verdict(written, { output }).failed).toEqual(met ? [] : ['output']);
  });

  it('are quick, however many', () => {
    const output = Array.from({ length: 80 }, (_, index) => `row ${index}`);
    const written = ['a', 'b', 'c', 'd'].flatMap(name => ['<...>', `row <${name}:int>`]);
    expect(verdict([...written, '<...>', 'no <b>'], { output }).failed).toEqual(['output']);
    expect(verdict([...Array(50).fill('<...>'), 'row x'], { output }).failed).toEqual(['output']);
  });
});

describe('{unordered}', () => {
  it.each([
    [['a', 'b'], ['b', 'a'], true],
    [['a', 'b'], ['b'], false],
    [['a'], ['a', 'a'], false],
    [['a', 'a'], ['a', 'b'], false],
    [['a', '<...>'], ['c', 'b', 'a'], true],
    [['a', '<...>'], ['c', 'b'], false],
    [['<*>', '<int>'], ['1', 'a'], true],
    [['<*>', '<int>'], ['b', 'a'], false],
    [['<int>', '<*>', '1'], ['1', '2', '3'], true],
    [['<a:int> x', '<a> y'], ['7 y', '7 x'], true],
    [['<a:int> x', '<a> y'], ['7 y', '8 x'], false],
    [['<a:int> x', '<b:int> y'], ['7 y', '8 x'], true],
    [['<a:int>', '<a>!'], ['8!', '8'], true],
  ])('%j is met by %j: %j', (written, output, met) => {
    expect(verdict(written, { output }, { info: '{unordered}' }).failed).toEqual(met ? [] : ['output']);
  });

  it('is quick with many wildcards that are named', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `row ${index}`);
    const written = lines.map((_, index) => `row <n${index}:int>`);
    const { bindings, failed } = verdict(written, { output: lines.toReversed() }, { info: '{unordered}' });
    expect(failed).toEqual([]);
    expect(new Set(Object.values(bindings)).size).toBe(40);
    expect(
      verdict([...written, 'row <num>'], { output: [...lines, 'x'] }, { info: '{unordered}' }).failed,
    ).toEqual(['output']);
  });

  it('is quick with many names that are shared', () => {
    const written = Array.from({ length: 20 }, (_, index) => [`<n${index}:int> x`, `<n${index}> y`]).flat();
    const output = Array.from({ length: 20 }, (_, index) => [`${index} x`, `${index} y`]).flat();
    const { bindings, failed } = verdict(written, { output: output.toReversed() }, { info: '{unordered}' });
    expect(failed).toEqual([]);
    expect(new Set(Object.values(bindings)).size).toBe(20);
    expect(
      verdict(written.slice(0, 10), { output: output.slice(0, 10).with(9, '99 y') }, { info: '{unordered}' })
        .failed,
    ).toEqual(['output']);
  });

  it('says so where names that are shared leave too much open', () => {
    const written = Array.from({ length: 12 }, (_, index) => `<n${index}:*> <n${index + 1}:*>`);
    const output = Array.from({ length: 12 }, (_, index) => `${index} ${index}`).with(11, 'x');
    const start = performance.now();
    expect(() => verdict(written, { output }, { info: '{unordered}' })).toThrow(
      '12 lines without an order that share names may stand for the 12 printed ones in too many ways',
    );
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('is quick with many wildcards', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `row ${index}`);
    const written = [...lines.map(() => 'row <int>'), 'row <num>'];
    expect(verdict(written, { output: [...lines, 'row x'] }, { info: '{unordered}' }).failed).toEqual([
      'output',
    ]);
  });
});

describe('a throw', () => {
  it.each([
    [['Uncaught Odd: it is'], []],
    [['Uncaught Odd: it is', 'Write it even.'], []],
    [['Uncaught Odd: <*>'], []],
    [['Uncaught Odd: <*>', '<...>'], []],
    [['Uncaught Odd: it is', 'Write it odd.'], ['output']],
    [['Uncaught Odd: it was'], ['output']],
    [['Uncaught Even: it is'], ['output']],
    [['Uncaught Odd'], ['output']],
    [['Odd: it is'], ['threw']],
    [['<...>'], ['threw']],
    [['<*>', '<*>'], ['threw']],
    [[], ['threw']],
  ])('%j: %j', (written, failed) => {
    expect(verdict(written, error).failed).toEqual(failed);
  });

  it('that does not come is missed', () => {
    expect(verdict(['Uncaught Odd: <*>'], {}).failed).toEqual(['output']);
  });

  it('is compared without its stack', () => {
    const stack = [
      '    at f (/x/a.ts:1:2)',
      '    at async Promise.all (index 0)',
      '    at <anonymous>',
      '    at /x/a.ts:3:4 {',
    ];
    expect(withoutStack(['Uncaught Odd: it is', ...stack, "  code: 'X'"])).toEqual([
      'Uncaught Odd: it is',
      "  code: 'X'",
    ]);
    expect(verdict(['Uncaught Odd: it is', ...stack], error).failed).toEqual([]);
    expect(withoutStack(['  at noon', 'at f (/x/a.ts:1:2)'])).toEqual(['  at noon', 'at f (/x/a.ts:1:2)']);
  });
});

describe('SQL', () => {
  const sql = ['begin', 'insert into user (name) values (?)', 'commit'];

  it.each([
    [[], 'sqlite', true],
    [sql.map(text => `sql: ${text}`), 'sqlite', true],
    [['sql: begin', 'sql: insert into `user` ("name") values (?)', 'sql: commit'], 'sqlite', true],
    [['sql: begin', 'sql: <...>'], 'sqlite', true],
    [['sql: <...>', 'sql: insert into <*>', 'sql: <...>'], 'sqlite', true],
    [['sql: begin', 'sql: commit'], 'sqlite', false],
    [['sql: insert into user (name) values (?)', 'sql: begin', 'sql: commit'], 'sqlite', false],
    [['sql:'], 'sqlite', false],
    [['sql: begin', 'sql: insert  into user(name)values( ? )', 'sql: commit'], 'sqlite', true],
    [['sql: begin', 'sql: insert into user (na me) values (?)', 'sql: commit'], 'sqlite', false],
    [['sql(postgresql): begin'], 'sqlite', true],
    [['sql(postgresql): begin'], 'postgresql', false],
    [['sql(postgresql): begin', 'sql(postgresql): <...>'], 'postgresql', true],
    [['sql: begin', 'sql(sqlite): <...>', 'sql(postgresql): nothing', 'sql: commit'], 'sqlite', true],
  ] as const)('%j on %s: %j', (written, database, met) => {
    expect(verdict(written, { sql }, { database }).failed).toEqual(met ? [] : ['sql']);
  });

  it('that is none is written as such', () => {
    expect(verdict(['sql:'], { sql: [] }).failed).toEqual([]);
  });
});

describe('queries and pending work', () => {
  it.each([
    ['queries: 2', { queries: 2 }, []],
    ['queries: 2', { queries: 1 }, ['queries']],
    ['queries: <=2', { queries: 2 }, []],
    ['queries: <=2', { queries: 0 }, []],
    ['queries: <=2', { queries: 3 }, ['queries']],
    ['pending: 1 new (User)', { pending: '1 new (User)' }, []],
    ['pending: 1 new (User)', { pending: '2 new (User)' }, ['pending']],
    ['pending: <int> new (User)', { pending: '2 new (User)' }, []],
    ['pending: nothing', {}, []],
    ['pending:', {}, []],
    ['pending:', { pending: '1 new (User)' }, ['pending']],
  ])('%s of %j: %j', (written, actual, failed) => {
    expect(verdict([written], actual).failed).toEqual(failed);
  });

  it('all fail at once', () => {
    expect(verdict(['a', 'sql: x', 'queries: 9', 'pending: x'], {}).failed).toEqual([
      'output',
      'sql',
      'queries',
      'pending',
    ]);
  });
});

describe('a difference between databases', () => {
  const { blocks } = parseTranscript('a.md', '```repl\n> 1\n<*>\n> 2\nsql(postgresql): x\n```\n');
  const play = (database: DatabaseName, ...actuals: readonly Partial<Actual>[]): FileOutcome => ({
    database,
    milliseconds: 0,
    steps: blocks
      .flatMap(block => block.steps.map(step => ({ step, block })))
      .map(({ step, block }, index) => {
        const actual = { ...silent, ...actuals[index] };
        const { failures } = compareStep(step, actual, { ...block, database }, new Map());
        return {
          database,
          line: step.line,
          failures,
          actual,
          bindings: {},
          milliseconds: 0,
          status: failures.length === 0 ? 'passed' : 'failed',
        };
      }),
  });
  const lines = (one: FileOutcome, other: FileOutcome) =>
    findDifferences({ blocks }, [one, other]).map(({ line }) => line);

  it.each([
    ['what a wildcard stands for', [{ output: ['a'] }], [{ output: ['b'] }], []],
    ['passing here and failing there', [{ output: ['a'] }], [{ output: ['a', 'b'] }], [2]],
    ['failing alike', [{ output: ['a', 'b'] }], [{ output: ['a', 'b'] }], []],
    ['failing each in its way', [{ output: ['a', 'b'] }], [{ output: ['a', 'c'] }], [2]],
    ['SQL that is written for one alone', [{ output: ['a'] }], [{ output: ['a'] }, { sql: ['y'] }], []],
  ])('%s', (_, one, other, expected) => {
    expect(lines(play('sqlite', ...one), play('postgresql', ...other))).toEqual(expected);
  });
});
