import { describe, expect, it } from '@jest/globals';
import type { Answer, Column } from '../../../repl/answer/answer.ts';
import { inspect } from 'node:util';
import { ownFile } from '../../../repl/own-package.ts';
import { render } from '../../../repl/render/render.ts';
import { printable } from '../../../repl/places/own-frames.ts';
import { MikroscopeError } from '../../../src/index.ts';

const plain = { width: 80, color: false };

describe('a table', () => {
  interface Row {
    readonly name: string;
    readonly count: number;
    readonly at?: Date;
  }
  const columns: Column<Row>[] = [
    { name: 'name', cell: ({ name }) => name },
    { name: 'count', cell: ({ count }) => count },
    { name: 'at', align: 'right', cell: ({ at }) => at ?? 'never' },
  ];
  const draw = (rows: readonly Row[]) => render({ kind: 'table', columns, rows, empty: 'no rows' }, plain);

  it('is as wide as its cells, with numbers on the right and the local time of a date', () => {
    expect(
      draw([
        { name: 'a', count: 5 },
        { name: 'long', count: 100, at: new Date(2026, 0, 5, 9, 3, 7) },
      ]),
    ).toBe('a       5                never\nlong  100  2026-01-05 09:03:07');
  });

  it('says what there is where it has no rows', () => {
    expect(draw([])).toBe('no rows');
  });
});

describe('a color that is none of ours', () => {
  const red = '\u001B[31mred';
  const at = { columns: [{ name: 'a', cell: () => red }], rows: [{}], empty: '' };

  it.each<readonly [string, Answer]>([
    ['a table', { kind: 'table', ...at }],
    ['a table without rows', { kind: 'table', ...at, rows: [], empty: red }],
    ['SQL', { kind: 'sql', statements: [red] }],
    ['a text', { kind: 'text', text: red }],
    ['help', { kind: 'page', parts: [{ kind: 'list', heading: red, entries: [[red, red]] }] }],
    ['a verdict', { kind: 'interrupted', verdict: red }],
    [
      'a hint',
      {
        kind: 'error',
        error: new MikroscopeError('NotFound', red, red),
        frames: [{ text: `    at ${red}` }],
      },
    ],
    [
      'a position',
      { kind: 'error', error: new SyntaxError('x'), excerpt: { text: red, column: 0, number: undefined } },
    ],
    ['SQL above an answer', { kind: 'nothing', sql: [red] }],
  ])('is shown in %s, also on a screen with colors', (_, answer) => {
    const shown = render(answer, { width: 80, color: true });
    expect(shown).toContain(String.raw`\x1B[31mred`);
    expect(shown).not.toContain(red);
  });
});

describe('SQL', () => {
  it('is printed as it is, but for the password of a URL', () => {
    const statements = ['select 1', "select 'postgres://me:hunter2@host/db'"];
    expect(render({ kind: 'sql', statements }, plain)).toBe("select 1;\nselect 'postgres://me:***@host/db'");
  });
});

describe('an error', () => {
  const cause = new AggregateError([new TypeError('inner')], 'outer');
  const error = new MikroscopeError('CannotConnect', 'No database', 'Start it.', { cause });
  cause.cause = error;

  it('is a headline, the advice and the places in the files of the person', () => {
    expect(render({ kind: 'error', error, frames: [{ text: '    at walk.ts:1:2' }] }, plain)).toBe(
      'Uncaught CannotConnect: No database\nStart it.\n    at walk.ts:1:2',
    );
  });

  it('tells its whole stack and its causes, where that is wanted', () => {
    const lines = render({ kind: 'error', error }, { ...plain, debug: true })?.split('\n') ?? [];
    expect(lines.filter(line => !/^ {4}at /.test(line))).toEqual([
      'Uncaught CannotConnect: No database',
      'Start it.',
      'Caused by: AggregateError: outer',
      'Caused by: CannotConnect: No database',
      'One of its errors: TypeError: inner',
    ]);
    expect(lines.filter(line => line.includes('render.test.ts')).length).toBeGreaterThanOrEqual(3);
  });

  it('may be anything', () => {
    expect(render({ kind: 'error', error: 'text' }, { ...plain, debug: true })).toBe("Uncaught 'text'");
    const wrapping = new Error('one', { cause: { code: 2 } });
    wrapping.stack = 'Error: one\n    at x';
    expect(render({ kind: 'error', error: wrapping }, { ...plain, debug: true })).toBe(
      'Uncaught Error: one\n    at x\nCaused by: { code: 2 }',
    );
  });
});

describe('an error that is a value', () => {
  const made = (name: string) => {
    const error = new Error(name);
    const frames = [
      'eval (prompt:1:1:83)',
      'mikroscope:1:43',
      'f (/app/a.ts:3:4)',
      `run (${ownFile('repl/shell.ts')}:1:1)`,
      'Promise.all (<anonymous>)',
      'node:internal/process/task_queues:104:5',
      'g (/app/node_modules/pg/lib/client.js:1:1)',
    ];
    error.stack = [`Error: ${name}`, ...frames.map(frame => `    at ${frame}`)].join('\n');
    return error;
  };

  it('has those frames alone that are in the files of the user', () => {
    const value = [Object.assign(made('one'), { code: 4 }), made('two'), 5];
    expect(render({ kind: 'value', value }, plain)).toBe(
      '[\n  Error: one\n      at f (/app/a.ts:3:4) {\n    code: 4\n  },\n  Error: two\n      at f (/app/a.ts:3:4),\n  5\n]',
    );
    expect(render({ kind: 'value', value: made('one') }, { ...plain, debug: true })).toContain('prompt:1:1');
  });

  it('has no others where it is printed', () => {
    const lines = printable(['a', made('one')]).map(one => inspect(one));
    expect(lines).toEqual(["'a'", 'Error: one\n    at f (/app/a.ts:3:4)']);
    expect(printable(['%s!', made('one')])).toEqual(['Error: one\n    at f (/app/a.ts:3:4)!']);
    expect(printable(['100%', 5])).toEqual(['100%', 5]);
  });
});
