// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { render } from '../../../repl/render/render.ts';
import { Shell } from '../../../repl/shell.ts';
import { openSession } from '../../../src/index.ts';
import { boxes } from '../fixtures/boxes.ts';

/**
 * RANDOM_RUNS says how many sequences are tried, each twice, for forty that random.test.ts tries. RANDOM_REPLAY=17:3:0 runs one of
 * them again.
 */
const { RANDOM_RUNS = '200', RANDOM_REPLAY = '' } = process.env;
const [, seed, path] = /^(-?\d+):(.+)$/.exec(RANDOM_REPLAY) ?? [];
const replay = path === undefined ? {} : { seed: Number(seed), path };

const things = ['a', 'b', 'l', 'm', 'j', 'c', 's'];
const beginning = [
  "a = new Box('a'); b = new Box('b', a); l = new Lid('l', a); m = new Lid('m'); c = new Cap('c'); j = new Jar('j', c); s = new Shed('s')",
  'b.shed = s; addAll([a, b, l, m, j, s]); commit()',
];

/** What may become of which object, by a relation or a list of it. */
const links = [
  ...['a', 'b', 'null'].flatMap(box => [`b.outer = ${box}`, `l.box = ${box}`, `m.box = ${box}`]),
  ...['l', 'm', 'null'].flatMap(lid => [`a.lid = ${lid}`, `b.lid = ${lid}`]),
  'j.cap = c',
  'j.cap = null',
  "j.cap = new Cap('k')",
  'c.jar = j',
  'c.jar = null',
  ...['s', 'null'].map(shed => `b.shed = ${shed}`),
  ...['a', 'b'].flatMap(box => [`a.inner.add(b)`, `a.inner.remove(b)`, `s.boxes.add(${box})`]),
  'a.inner = [b]',
  's.boxes = []',
  's.boxes.remove(b)',
];

/** All that is typed later is of what the session has then. */
const toReferences =
  'em.clear(); [a, b] = [1, 2].map(id => em.getReference(Box, id)); [l, m] = [1, 2].map(id => em.getReference(Lid, id)); j = em.getReference(Jar, 1); c = em.getReference(Cap, 1); s = em.getReference(Shed, 1)';

const lines = [
  ...links,
  ...things.flatMap(one => [`add(${one})`, `expire(${one})`, `refresh(${one})`]),
  ...['l', 'm', 'c'].map(one => `remove(${one})`),
  ...things.map(one => `${one}.name = '${one}${one}'`),
  toReferences,
  'flush()',
  'commit()',
  'commit()',
  'commit()',
  'rollback()',
  'rollback()',
];

/** What refresh() of a reference takes back is not known: what had lost it to that was never read. */
const isKnown = (typed: readonly string[]) =>
  !typed.includes(toReferences) || !typed.some(line => line.startsWith('refresh('));

/** Looks at what an object of the session has: at its row, which flushes nothing, or at all. */
const glance = (one: string) => `session.has(${one}) ? ${one}.name : 0`;
const look = (one: string) =>
  `session.has(${one}) ? [${one}.name, ${one}.outer, [...(${one}.inner ?? [])], [...(${one}.boxes ?? [])], ${one}.lid?.name, ${one}.box?.name, ${one}.cap?.name, ${one}.jar?.name] : 0`;

/** What is typed before each line, or not. A look at lists writes what is staged, so that is written either way. */
const ways: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['rows were read', [], [...things.map(glance), 'session.deleted.length']],
  ['all was read', ['flush()'], ['flush()', ...things.map(look)]],
  [
    'all had expired',
    ['flush()'],
    ['flush()', ...things.map(one => `session.has(${one}) ? expire(${one}) : 0`)],
  ],
];

/**
 * Types lines.
 *
 * @returns for each whether it has failed, and after a commit or rollback the rows, and what another commit() says
 */
async function outcomes(typed: readonly string[], before: readonly string[]): Promise<unknown[]> {
  const session = await openSession({ url: 'sqlite::memory:', entities: Object.values(boxes) });
  try {
    await session.createAll();
    const shell = new Shell({ session, console, load: name => import(name), provided: boxes });
    const type = async (line: string) =>
      render(await shell.respond(line), { width: 500, color: false }) ?? '';
    const rows = () =>
      Promise.all(
        ['box', 'lid', 'jar', 'cap', 'shed'].map(name =>
          session.em.execute(`select * from ${name} order by id`),
        ),
      );
    const all: unknown[] = [];
    for (const line of beginning) await type(line);
    for (const line of typed) {
      for (const each of before) await type(each);
      const answer = await type(line);
      const fails = answer.startsWith('Uncaught');
      if (line !== 'commit()' && line !== 'rollback()') {
        all.push(fails);
        continue;
      }
      if (fails) await type('rollback()');
      all.push([fails, await rows(), await type('commit()')]);
    }
    return all;
  } finally {
    await session.close();
  }
}

describe('what is written', () => {
  it.each(ways)(
    '38, 40: is the same whether %s before or not',
    async (_, without, before) => {
      const property = asyncProperty(
        array(constantFrom(...lines), { minLength: 2, maxLength: 12 }).filter(isKnown),
        async typed => {
          const whole = [...typed, 'commit()'];
          const [unread, read] = [await outcomes(whole, without), await outcomes(whole, before)];
          // What was never read of a deleted row is asked for: from there on they differ.
          const same = unread.findIndex((one, i) => hasFailed(one) !== hasFailed(read[i]));
          expect(same < 0 ? read : read.slice(0, same)).toEqual(same < 0 ? unread : unread.slice(0, same));
        },
      );
      await assert(property, { numRuns: Math.ceil(Number(RANDOM_RUNS) / 40), ...replay });
    },
    7_200_000,
  );
});

function hasFailed(outcome: unknown): unknown {
  return Array.isArray(outcome) ? outcome[0] : outcome;
}
