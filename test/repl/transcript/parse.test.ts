import { describe, expect, it } from '@jest/globals';
import { parseTranscript } from '../../../repl/transcript/parse/parse-transcript.ts';
import { fileTimeoutOf } from '../../../repl/transcript/timeouts.ts';

const parse = (...lines: readonly string[]) => parseTranscript('a.md', `${lines.join('\n')}\n`);
const typed = (text: string) =>
  parseTranscript('a.md', text).blocks.map(({ steps }) => steps.map(step => step.typed));
const problems = (...lines: readonly string[]) =>
  parse(...lines).problems.map(({ line, message }) => `${line}: ${message}`);

describe('fences', () => {
  it.each([
    ['backticks', '```repl\n> 1\n1\n```\n', [['1']]],
    ['tildes', '~~~repl\n> 1\n1\n~~~\n', [['1']]],
    ['a longer fence', '`````repl\n> 1\n```\n`````\n', [['1']]],
    ['a longer end', '```repl\n> 1\n`````\n', [['1']]],
    ['no newline at the end', '```repl\n> 1\n1\n```', [['1']]],
    ['right under a paragraph', 'text\n```repl\n> 1\n```\n', [['1']]],
    ['indented by three', '   ```repl\n   > 1\n   1\n   ```\n', [['1']]],
    ['in a list', '1. one\n\n   ```repl\n   > 1\n   1\n   ```\n', [['1']]],
    ['in a list by tabs', '- one\n\n\t```repl\n\t> 1\n\t1\n\t```\n', [['1']]],
    ['in a quote', '> text\n>\n> ```repl\n> > 1\n> 1\n> ```\n', [['1']]],
    ['in a quote in a list', '- a\n  > ```repl\n  > > f(\n  > ... )\n  > ```\n', [['f(\n)']]],
    ['in <details>', '<details>\n<summary>x</summary>\n\n```repl\n> 1\n```\n\n</details>\n', [['1']]],
    ['attributes without a space', '```repl{#a}\n> 1\n```\n', [['1']]],
    ['Windows newlines', '```repl\r\n> 1\r\n1\r\n```\r\n', [['1']]],
    ['old newlines', '```repl\r> 1\r1\r```\r', [['1']]],
    ['a byte order mark', '\uFEFF```repl\n> 1\n```\n', [['1']]],
    ['a hidden block', '<!-- repl setup\n> 1\n-->\n', [['1']]],
    ['a hidden block under text', 'text\n<!-- repl setup\n> 1\n> 2\n-->\n', [['1', '2']]],
    ['an empty block', '```repl\n```\n', [[]]],
    ['another language', '```js\n> 1\n```\n', []],
    ['a language that begins alike', '```repl-output\n> 1\n```\n', []],
    ['an indented code block', '    ```repl\n    > 1\n    ```\n', []],
    ['a fence shown in a longer one', '````markdown\n```repl\n> 1\n```\n````\n', []],
    ['a fence shown in another', '~~~\n```repl\n> 1\n```\n~~~\n', []],
    ['a comment', '<!-- so far\n```repl\n> 1\n```\n-->\n', []],
  ])('%s', (_, text, steps) => {
    expect(typed(text)).toEqual(steps);
    expect(parseTranscript('a.md', text).problems).toEqual([]);
  });

  it.each(['REPL', 'Repl'])('that were probably meant are a problem: %s', language => {
    expect(parseTranscript('a.md', `\`\`\`${language}\n> 1\n\`\`\`\n`).problems).toEqual([
      { line: 1, message: `A block of ${language} would not run: the language is repl.` },
    ]);
  });

  it('know their lines, headings and margins', () => {
    const { blocks } = parse(
      '# One',
      '',
      '## Two',
      '',
      '> ```repl {#a}',
      '> > f(',
      '> ... )',
      '> 1',
      '>',
      '> ```',
      '',
      '# Three',
      '',
      '```repl',
      '> 2',
      '```',
    );
    expect(blocks).toMatchObject([
      {
        line: 5,
        lastLine: 10,
        headings: ['One', 'Two'],
        id: 'a',
        steps: [{ line: 6, lastLine: 9, margin: '> ', expected: { output: ['1'], written: ['1', ''] } }],
      },
      { line: 14, lastLine: 16, headings: ['Three'], steps: [{ line: 15 }] },
    ]);
  });
});

describe('output', () => {
  it.each([
    ['blank lines within count', ['a', '', 'b'], ['a', '', 'b']],
    ['blank lines at the end do not', ['a', '', ''], ['a']],
    ['nor do trailing spaces', ['a  ', ' b\t'], ['a', ' b']],
    ['a prompt', [String.raw`\> 1`, String.raw`\... 2`], ['> 1', '... 2']],
    ['a backslash before a prompt', [String.raw`\\> 1`], [String.raw`\> 1`]],
    ['a directive', [String.raw`\sql: begin`, String.raw`\queries: 1`], ['sql: begin', 'queries: 1']],
    ['what looks like one', ['sql:begin', 'Queries: 1'], ['sql:begin', 'Queries: 1']],
    ['a closing mark', ['>', '>x'], ['>', '>x']],
    ['the rest of a list', ['  1,', '  ... 20 more items'], ['  1,', '  ... 20 more items']],
  ])('%s', (_, written, output) => {
    const [block] = parse('```repl', '> 1', ...written, '```').blocks;
    expect(block?.steps[0]?.expected.output).toEqual(output);
  });

  it('is apart from SQL, queries and pending work', () => {
    const [block] = parse(
      '```repl',
      '> 1',
      'sql: begin',
      'a',
      'sql(postgresql): commit',
      'queries: <=2',
      'pending: 1 new (User)',
      '```',
    ).blocks;
    expect(block?.steps[0]?.expected).toMatchObject({
      output: ['a'],
      sql: [{ text: 'begin' }, { database: 'postgresql', text: 'commit' }],
      queries: { atMost: true, count: 2 },
      pending: '1 new (User)',
    });
  });
});

describe('attributes', () => {
  it.each([
    ['{#a}', { id: 'a' }],
    ['{#a-1 task unordered}', { id: 'a-1', task: true, unordered: true }],
    ['{only=postgresql}', { only: ['postgresql'] }],
    ['{only=sqlite,postgresql}', { only: ['sqlite', 'postgresql'] }],
    ['{skip="a } b = c"}', { skip: 'a } b = c' }],
    ['{timeout=5s}', { timeoutMs: 5000 }],
    ['{timeout=250ms}', { timeoutMs: 250 }],
  ])('%s', (attributes, read) => {
    const { blocks, problems: found } = parse(`\`\`\`repl ${attributes}`, '> 1', '```');
    expect(blocks).toMatchObject([read]);
    expect(found).toEqual([]);
  });

  it.each([
    ['{tsak}', "There is no attribute 'tsak'; the attributes are #id, task,"],
    ['{task=1}', "There is no attribute 'task=1'"],
    ['{#a#b}', "There is no attribute '#a#b'"],
    ['{#a #b}', "'#b' repeats id; a block can have only one."],
    ['{only=oracle}', 'only=oracle does not name a database; the databases are sqlite,'],
    ['{only=}', 'only= does not name a database'],
    ['{skip}', 'skip needs a reason'],
    ['{skip=""}', 'skip needs a reason'],
    ['{timeout=5}', 'timeout=5 is not a duration'],
    ['{timeout=0s}', 'timeout=0s is not a duration'],
    ['#a', "Cannot read '#a' after repl"],
  ])('%s is refused', (attributes, message) => {
    expect(problems('', `\`\`\`repl ${attributes}`, '> 1', '```')).toEqual([
      expect.stringContaining(`2: ${message}`),
    ]);
  });
});

describe('front matter', () => {
  it.each([
    [['title: A', 'databases: [sqlite, postgresql]'], { title: 'A', databases: ['sqlite', 'postgresql'] }],
    [['databases: sqlite # one'], { databases: ['sqlite'] }],
    [['databases: sqlite, postgresql'], { databases: ['sqlite', 'postgresql'] }],
    [['databases:', '  - sqlite', '  - sqlite'], { databases: ['sqlite'] }],
    [['clock: 2026-01-05T12:00:00Z # noon'], { clock: '2026-01-05T12:00:00.000Z' }],
    [['clock: "2026-01-05 12:00"'], { clock: '2026-01-05T12:00:00.000Z' }],
    [['clock: 2026-01-05T12:00:00+02:00'], { clock: '2026-01-05T10:00:00.000Z' }],
    [['clock: 2026-01-05'], { clock: '2026-01-05T00:00:00.000Z' }],
    [['# nothing'], {}],
  ])('%j', (lines, read) => {
    const { path, text, blocks, ...rest } = parse('---', ...lines, '---');
    expect([path, text.slice(0, 3), blocks, rest]).toEqual(['a.md', '---', [], { ...read, problems: [] }]);
  });

  it.each([
    [
      ['title: a', 'database: [sqlite]'],
      "3: Front matter has no key 'database'; the keys are title, databases, clock, redact, timeout, file-timeout.",
    ],
    [['a: ['], '2: The front matter is not valid YAML: '],
    [['title: a', 'title: b'], '3: The front matter is not valid YAML: Map keys must be unique.'],
    [['just text'], '2: The front matter is not valid: write it as key: value.'],
    [
      ['title: a', 'databases: [sqlite, orcale]'],
      "3: databases: 'orcale' is not a database; the databases are sqlite,",
    ],
    [['databases:'], '2: databases: is empty; the databases are'],
    [['databases: [1]'], "2: databases: '1' is not a database"],
    [
      ['databases: ["postgresql://me:hunter2@host/blog"]'],
      "2: databases: 'postgresql:…' is not a database; the",
    ],
    [['databases: [me:hunter2@host/blog]'], "2: databases: 'me:…' is not a database; the"],
    [['clock: tomorrow'], "2: clock: 'tomorrow' is not a time; write it as 2026-01-05T12:00:00Z."],
    [['clock: 12'], "2: clock: '12' is not a time"],
    [['clock: 2026-13-45'], "2: clock: '2026-13-45' is not a time"],
    [['clock:'], "2: clock: 'null' is not a time"],
    [['timeout: 5'], "2: timeout: '5' is not a duration; write timeout: 5s"],
    [['redact: token'], '2: redact: has no names; write it as'],
    [['redact:', '  int: a'], "3: redact: 'int' cannot be the name of a wildcard"],
    [['redact:', '  a: a', '  b: 7'], '4: redact: b: it is not a text'],
    [
      ['redact:', '  a: a', '  b: "(a+)+\\\\1"'],
      String.raw`4: redact: b: /(a+)+\1/ is not a regular expression`,
    ],
    [
      ['redact: { b: "(" }'],
      '2: redact: b: /(/ is not a regular expression that can be used: Unterminated group',
    ],
  ])('%j is refused', (lines, problem) => {
    expect(problems('---', ...lines, '---')).toEqual([expect.stringContaining(problem)]);
  });

  it('13: names wildcards, and how long each step may take', () => {
    const session = [
      '---',
      'timeout: 5s',
      'file-timeout: 2m',
      'redact: { slug: "a/b" }',
      '---',
      '```repl',
      '> 1',
      '<slug> \\<slug>',
      '```',
    ];
    const {
      blocks,
      fileTimeoutMs,
      problems: found,
    } = parse(...session, '```repl {timeout=1s}', '> 1', '<slug:int>', '```');
    expect(blocks.map(({ timeoutMs }) => timeoutMs)).toEqual([5000, 1000]);
    expect(fileTimeoutMs).toBe(120_000);
    expect(blocks[0]?.steps[0]?.expected.output).toEqual([String.raw`<re:/a\/b/> \<slug>`]);
    expect(found).toEqual([
      { line: 12, message: '<slug> is a redaction of the front matter; choose another name.' },
    ]);
  });

  it.each([
    ['10 minutes', [], undefined, 600_000],
    ['twice what a step may take, if that is more', ['timeout: 20m'], undefined, 2_400_000],
    ['what is asked for', ['timeout: 20m'], 5000, 5000],
    ['what the file says', ['file-timeout: 7s'], 5000, 7000],
    ['no more than a timer can', ['file-timeout: 99999999m'], undefined, 24 * 86_400_000],
  ])('7: a file may take %s', (_, front, asked, time) => {
    const transcript = parse('---', 'title: a', ...front, '---', '```repl', '> 1', '```');
    expect(fileTimeoutOf(transcript, asked)).toBe(time);
  });

  it('is not a rule of dashes, and has to end', () => {
    expect(problems('---', '', 'text')).toEqual([]);
    expect(problems('---', 'databases: sqlite')).toEqual([expect.stringMatching(/^1: /)]);
  });
});

describe('what is wrong', () => {
  const notClosed = 'This block is not closed: end it with a fence like the one that opens it.';
  const incomplete = "This statement is incomplete: continue it in lines that begin with '... '.";
  const inHtml = 'This block is inside the HTML before it and would not run: put a blank line between them.';

  it.each([
    [
      'a NUL',
      ['', '```repl', "> 'a\0'", "'a\0'", '```'],
      [3, 4].map(
        line => `${line}: Markdown takes the NUL in this line for another character: write \\0 in code.`,
      ),
    ],
    ['an unclosed fence', ['', '```repl', '> 1', '1'], [`2: ${notClosed}`]],
    ['one that swallows the next', ['```repl', '> 1', '', '```repl', '> 2', '```'], [`1: ${notClosed}`]],
    ['code that swallows a block', ['```js', 'f()', '', '```repl', '> 2', '```'], [`1: ${notClosed}`]],
    ['one that ends with its quote', ['> ```repl', '> > 1', '', 'text'], [`1: ${notClosed}`]],
    ['an unclosed hidden block', ['<!-- repl setup', '> 1'], [`1: ${notClosed}`]],
    [
      'a hidden block of another name',
      ['<!-- repl steup', '> 1', '-->'],
      ['1: A hidden block begins with <!-- repl setup, not with steup.'],
    ],
    ['a fence within HTML', ['<details>', '```repl', '> 1', '```', '</details>'], [`2: ${inHtml}`]],
    ['a hidden block within HTML', ['<div>', '<!-- repl setup', '> 1', '-->', '</div>'], [`2: ${inHtml}`]],
    [
      'output before a statement',
      ['```repl', '', '1', '> 1', '```'],
      ["3: A block begins with a statement: write '> ' before what is typed."],
    ],
    ['half a statement', ['```repl', '> f(', '1', '> 1', '```'], [`2: ${incomplete}`]],
    ['half a class', ['```repl', '> 1', '> class A {', '...   b() {', '... }', '```'], [`3: ${incomplete}`]],
    [
      'an id that is used twice',
      ['```repl {#a}', '```', '```repl {#a}', '```'],
      ['3: Another block has the id #a; ids must be unique.'],
    ],
    [
      'an unknown kind of wildcard',
      ['```repl', '> 1', '1', '<x:integer>', '```'],
      [
        '4: <x:integer> has an unknown kind of wildcard; the kinds are *, int, num, uuid, date, ms, path. Write \\<x:integer> for the text itself.',
      ],
    ],
    [
      'a regular expression that looks behind',
      ['```repl', '> 1', '<re:/a$/>', '```'],
      [
        '3: /a$/ is not a regular expression that can be used: $ cannot be used here. Write \\<re:/a$/> for the text itself.',
      ],
    ],
    [
      'one of every object',
      ['```repl', '> 1', '<x:constructor>', '```'],
      [expect.stringContaining('3: <x:constructor> has an unknown kind')],
    ],
    [
      'the name of a wildcard',
      ['```repl', '> 1', '<int:int>', '```'],
      ['3: <int:int> has the name of a wildcard; choose another name.'],
    ],
    [
      'queries without a number',
      ['```repl', '> 1', 'queries: few', '```'],
      ["3: 'queries: few' has no number; write queries: 2 or queries: <=2."],
    ],
    [
      'SQL for an unknown database',
      ['```repl', '> 1', 'sql(oracle): begin', '```'],
      [
        "3: 'oracle' is not a database; write sql(NAME): with one of sqlite, postgresql, mysql, mariadb, libsql, pglite.",
      ],
    ],
    [
      'queries twice',
      ['```repl', '> 1', 'queries: 1', 'queries: 2', '```'],
      ['4: A step can have only one queries: line.'],
    ],
    [
      'pending twice',
      ['```repl', '> 1', 'pending:', 'pending: 1 new (User)', '```'],
      ['4: A step can have only one pending: line.'],
    ],
  ])('%s', (_, lines, found) => {
    expect(problems(...lines)).toEqual(found);
  });

  it('is told by line, all of it', () => {
    expect(problems('```repl {nope}', '> f(', 'queries: x', '```')).toEqual([
      expect.stringMatching(/^1: /),
      expect.stringMatching(/^2: /),
      expect.stringMatching(/^3: /),
    ]);
  });

  it('is not a name in a statement', () => {
    expect(problems('```repl', '> 1', '<me:int>', '> x = <me>', '> get(<me>, <me>)', '```')).toEqual([]);
  });
});
