import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actual } from '../../../repl/transcript/outcome.ts';
import { run } from '../../support/program.ts';
import { passes } from './support.ts';

/** A file with every kind of expectation. */
const text = `---
clock: 2026-01-05T12:00:00Z
---
# Everything

\`\`\`repl
> createAll()
created post, user
> add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }))
pending: 1 new (User)
> commit()
committed 1 new (User)
sql: begin
sql: insert into user (username, email, password) values (?, ?, ?) returning id
sql: commit
queries: 1
pending: nothing
> user = User.query.first()
> user.id
<me:int>
> [user.id, -1.5, 'a  b', new Date()]
[ <me>, -1.5, 'a  b', 2026-01-05T12:00:00.000Z ]
> User.query.get(<me>)
User('Corey', 'c@demo.com')
> console.log('one'); console.log(''); console.log('three'); 4
one

three
4
> for (const n of [10, 20, 30]) {
...   console.log(n)
... }
10
20
30
> User.query.filterBy({ emial: 'x' })
Uncaught UnknownProperty: User has no property 'emial'; did you mean 'email'?
User has id, username, email, password, posts.
> throw new RangeError('too far')
Uncaught RangeError: too far
> User.query.filterBy({ username: 'Nobody' }).all()
[]
queries: 1
sql: select u0.* from user as u0 where u0.username = ? order by u0.id asc
> 'tail'; console.log('head'); console.log('mid 1'); console.log('mid 2'); 'tail'
head
<...>
'tail'
> User.query.all()
sql: <...>
queries: <=1
[ User('Corey', '<mail:*>') ]
> '> ' + <me>
'> <me>'
> console.log('> prompt')
\\> prompt
> console.log('<int>')
\\<int>
\`\`\`

\`\`\`repl {unordered}
> for (const n of ['b', 'a', 'c', 'a']) {
...   console.log(n, n.length)
... }
a <int>
a 1
b 1
c <size:int>
\`\`\`
`;

const lines = text.split('\n');
/** The lines that say what is expected. */
const expected = lines.flatMap((line, index) => {
  const fence = lines.slice(0, index).filter(each => each.startsWith('```')).length % 2 === 1;
  return fence && !/^(?:> |\.\.\. |```)/.test(line) ? [index] : [];
});
const isWild = (line = '') => /<\*>|<\.\.\.>|<(?:\w+:)?(?:int|\*)>/.test(line.replaceAll(/\\<\w+>/g, ''));
/** Advice after an error may be left out. */
const isAdvice = (line = '') => line.startsWith('User has id');
/** What still passes as it should: more space, a limit that is higher, quotes around names and white space in SQL. */
const means = (line: string) =>
  line
    .trimEnd()
    .replace(/^(\w+):\s+/, '$1: ')
    .replace(/^queries: <=\s*\d+$/, 'queries: <=')
    .replaceAll(/^(sql:.*)$/g, sql =>
      sql
        .replaceAll(/["`]/g, '')
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/ ?([(),=]) ?/g, '$1'),
    );

function* mutants(): Generator<{ readonly how: string; readonly text: string }> {
  const put = (index: number, ...now: readonly string[]) => lines.toSpliced(index, 1, ...now).join('\n');
  for (const index of expected) {
    const line = lines[index] ?? '';
    const unordered = index > lines.indexOf('```repl {unordered}');
    const rest = line === '<...>' || line === 'sql: <...>';
    if (rest) continue;
    const beside = lines[index - 1] === '<...>' || lines[index + 1] === '<...>';
    if (!beside && !isAdvice(line) && line !== 'queries: <=1' && !/^(?:pending|queries|sql): /.test(line))
      yield { how: `line ${index + 1} is gone`, text: put(index) };
    if (line.startsWith('sql: ')) {
      const only =
        lines[index - 1]?.startsWith('sql:') === false && lines[index + 1]?.startsWith('sql:') === false;
      if (!only) yield { how: `SQL ${index + 1} is gone`, text: put(index) };
      yield { how: `SQL ${index + 1} twice`, text: put(index, line, line) };
    } else {
      yield { how: `line ${index + 1} twice`, text: put(index, line, line) };
      yield { how: `a line after ${index + 1}`, text: put(index, line, 'more') };
      if (!unordered && !/^(?:pending|queries): /.test(line))
        yield { how: `a blank line before ${index + 1}`, text: put(index, '', line) };
    }
    const next = lines[index + 1] ?? '';
    const kind = (each: string) => /^(?:sql|queries|pending):/.exec(each)?.[0];
    if (
      !unordered &&
      expected.includes(index + 1) &&
      kind(line) === kind(next) &&
      line !== next &&
      next !== '<...>'
    )
      yield {
        how: `${index + 1} and the next swapped`,
        text: lines.toSpliced(index, 2, next, line).join('\n'),
      };
    for (let at = 0; at < line.length; at++)
      // Every character is put in the place of, and one more change each is enough.
      for (const [how, change] of [...changes.slice(0, 1), ...changes.slice((at % 4) + 1, (at % 4) + 2)]) {
        const mutant = line.slice(0, at) + change(line[at] ?? '') + line.slice(at + 1);
        if (means(mutant) !== means(line))
          yield { how: `${how} at ${index + 1}:${at + 1}: ${mutant}`, text: put(index, mutant) };
      }
    for (const { 0: number, index: at } of line.matchAll(/\d+/g))
      for (const other of [`${Number(number) + 1}`, `${number}0`, `1${number}`, `-${number}`]) {
        const mutant = line.slice(0, at) + other + line.slice(at + number.length);
        if (means(mutant) !== means(line))
          yield { how: `${other} for ${number} at ${index + 1}`, text: put(index, mutant) };
      }
    for (const word of ['Uncaught ', 'committed ', ' returning id', 'queries: '])
      if (line.includes(word))
        yield { how: `without '${word}' at ${index + 1}`, text: put(index, line.replace(word, '')) };
  }
}

const changes: readonly (readonly [string, (character: string) => string])[] = [
  ['another character', character => (character === 'x' ? 'y' : 'x')],
  ['a character gone', () => ''],
  ['a character twice', character => character + character],
  ['a space before', character => ` ${character}`],
  [
    'the other case',
    character => (character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase()),
  ],
];

let actuals: readonly Actual[];

beforeAll(async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'mikroscope-'));
  await writeFile(join(cwd, 'all.repl.md'), text);
  const { stdout } = await run({ args: ['check', '--reporter', 'json'], cwd });
  const report = JSON.parse(stdout) as {
    files: { databases: { steps: { actual: Actual }[] }[] }[];
  };
  const steps = report.files.flatMap(({ databases }) => databases.flatMap(each => each.steps));
  actuals = steps.map(({ actual }) => actual);
  await rm(cwd, { recursive: true });
});

/** A change within a wildcard may make it another one that matches too. */
const widens = (mutant: string, index: number) => isWild(lines[index]) && isWild(mutant.split('\n')[index]);

describe('a file that passes', () => {
  it('fails with anything else written in it', () => {
    const survivors = [...mutants()].filter(mutant => passes(mutant.text, actuals));
    const index = (how: string) => Number(/\d+/.exec(how)?.[0]) - 1;
    expect(passes(text, actuals)).toBe(true);
    expect(
      survivors.filter(({ how, text: mutant }) => !widens(mutant, index(how))).map(({ how }) => how),
    ).toEqual([]);
  });

  it('fails with anything else done', () => {
    const survivors: string[] = [];
    const attempt = (how: string, at: number, change: Actual) => {
      if (passes(text, actuals.with(at, change))) survivors.push(`${how} in step ${at + 1}`);
    };
    const names = lines.flatMap((line, index) => (line.startsWith('> ') ? [index] : []));
    for (const [at, actual] of actuals.entries()) {
      const written = lines.slice((names[at] ?? 0) + 1, names[at + 1] ?? lines.length);
      const { bare, ...quiet } = actual;
      const more = (printed: readonly string[]) => [...printed, 'more'];
      attempt('a line more at the end', at, {
        ...actual,
        output: more(actual.output),
        ...(bare && { bare: more(bare) }),
      });
      if (bare) attempt('no throw', at, { ...quiet, output: [] });
      if (!bare)
        attempt('a throw', at, { ...actual, output: ['Uncaught Error: x'], bare: ['Uncaught Error: x'] });
      if (actual.output.length > 0) attempt('silence', at, { ...quiet, output: [] });
      if (written.some(line => line.startsWith('sql:') && !line.includes('<...>')))
        for (const sql of [[], [...actual.sql, 'commit'], actual.sql.map(each => each.replaceAll('e', 'f'))])
          if (sql.join('|').trim() !== actual.sql.join('|')) attempt('other SQL', at, { ...actual, sql });
      if (written.some(line => line.startsWith('queries:')))
        attempt('more queries', at, { ...actual, queries: (actual.queries ?? 0) + 1 });
      if (written.some(line => line.startsWith('pending:')))
        attempt('more pending', at, { ...actual, pending: `${actual.pending}, 1 removed (User)` });
    }
    expect(survivors).toEqual([]);
  });
});
