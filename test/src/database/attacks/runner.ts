import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSession } from '../../../../src/index.ts';
import type { Dialect } from '../../../support/databases.ts';
import { type Attack, type Attacks, stepsOf } from './attack.ts';
import type { State, Target } from './target.ts';

type OpenOptions = NonNullable<Parameters<typeof openSession>[0]>;

interface Attacked {
  readonly dialect: Dialect;
  readonly table: Attacks;
  readonly target: () => Promise<Target>;
  readonly isSkipped?: boolean;
}

/** What is written in these ways shows nowhere. */
const UNSEEN = 'what others do not see, or not at once';

/** What keeps every row, but elsewhere or with more in it. */
const MOVING = /\b(?:rename|set schema|add column)\b/;

/**
 * Attacks a database in each of the ways of a table: read-only, in a sandbox, and where nothing may be lost unasked.
 *
 * @param every how many attacks there are for one that is tried
 * @param isProven whether to see that each attack does write where nothing guards the database
 */
export function testAttacks(
  { dialect, table, target, isSkipped }: Attacked,
  every = 1,
  isProven = false,
): void {
  const attacks = Object.entries(table)
    .flatMap(([kind, all]) =>
      all.map((attack): [string, Attack, string] => [nameOf(kind, attack), attack, kind]),
    )
    .filter((_attack, at) => at % every === 0);
  const group = isSkipped ? describe.skip : describe;
  group(`attacks on ${dialect}`, () => {
    let attacked: Target;
    let before: State;

    beforeAll(async () => {
      attacked = await target();
      before = await attacked.state();
    });

    afterAll(() => attacked.drop());

    /** Compares what is there afterwards, and puts it back where it differs. */
    const after = async (compare: (state: State) => void) => {
      const state = await attacked.state();
      try {
        compare(state);
      } finally {
        if (JSON.stringify(state) !== JSON.stringify(before)) {
          await attacked.reset();
          before = await attacked.state();
        }
      }
    };

    it.each(attacks)('read-only: %s', async (_name, attack) => {
      await attackGuarded(attacked, attack, { readOnly: true });
      await after(state => expect(state).toEqual(before));
    });

    it.each(attacks)('sandbox: %s', async (_name, attack) => {
      await attackGuarded(attacked, attack, { sandbox: true });
      await after(state => expect(state).toEqual(before));
    });

    it.each(attacks.filter(([name]) => !MOVING.test(name)))('unasked: %s', async (_name, attack) => {
      await attackGuarded(attacked, attack, { confirm: () => Promise.reject(new Error('not confirmed')) });
      await after(state => expect(lostOf(before, state)).toEqual([]));
    });

    if (isProven)
      it.each(attacks.filter(([, , kind]) => kind !== UNSEEN))('unguarded: %s', async (_name, attack) => {
        await attacked.attack(stepsOf(attack).map(sql => attacked.fill(sql)));
        await after(state => expect(state).not.toEqual(before));
      });
  });
}

function nameOf(kind: string, attack: Attack): string {
  return `${kind}: ${stepsOf(attack).join(' ⏎ ')}`;
}

/** Each statement by itself, and then all of them in a transaction. What comes of them does not matter. */
async function attackGuarded(target: Target, attack: Attack, options: Partial<OpenOptions>): Promise<void> {
  const steps = stepsOf(attack).map(sql => target.fill(sql));
  const session = await openSession({ url: target.url, entities: [], ...options });
  const { em } = session;
  try {
    for (const sql of steps)
      await em
        .fork()
        .execute(sql)
        .catch(() => {});
    await em
      .fork()
      .transactional(async fork => {
        for (const sql of steps) await fork.execute(sql).catch(() => {});
      })
      .catch(() => {});
  } finally {
    await session.close();
  }
}

/** The tables that are gone, or all of whose rows are gone or changed. */
function lostOf(before: State, after: State): readonly string[] {
  return Object.entries(before).flatMap(([name, rows]) => {
    if (!Array.isArray(rows) || name.includes('.db')) return [];
    const left = after[name];
    if (!Array.isArray(left)) return [name];
    if (rows.length < 2) return [];
    const texts = new Set(left.map(row => JSON.stringify(row)));
    return rows.some(row => texts.has(JSON.stringify(row))) ? [] : [name];
  });
}
