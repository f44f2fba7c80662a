import { describe, expect, it } from '@jest/globals';
import { render } from '../../repl/render/render.ts';
import { Shell } from '../../repl/shell.ts';
import { openSession } from '../../src/index.ts';
import type { EntityClass } from '@mikro-orm/core';
import { family } from '../src/fixtures/family.ts';
import { createDatabase, type Dialect, dialects, inSession } from './databases.ts';

const ofFamily = Object.fromEntries(family.map(type => [type.name, type]));

/** The name of a test, which begins with the number of a point of docs/session.md, and what is typed and answered. */
export type Script = readonly [name: string, script: string];

/**
 * Tests that type the lines of a script that begin with `> `, on an empty database with the entities of the family, and
 * compare the first line of each answer. `other(sql)` runs SQL in a session beside.
 *
 * @param classes other entities, by their names
 */
export function testScripts(
  title: string,
  scripts: readonly Script[],
  on: readonly Dialect[] = dialects,
  classes: Readonly<Record<string, EntityClass<object>>> = ofFamily,
): void {
  describe.each(on)(`${title} on %s`, dialect => {
    it.each(scripts)('%s', async (_, script) => {
      const lines = script.split('\n').flatMap(line => (line.trim() === '' ? [] : [line.trim()]));
      const typed = lines.flatMap(line => (line.startsWith('> ') ? [line.slice(2)] : []));
      expect(await answers(dialect, typed, classes)).toEqual(lines);
    });
  });
}

async function answers(
  dialect: Dialect,
  typed: readonly string[],
  classes: Readonly<Record<string, EntityClass<object>>>,
): Promise<string[]> {
  // In memory a session has no other beside it.
  const isAlone = dialect === 'sqlite' && !typed.some(line => line.includes('other('));
  const database = isAlone ? undefined : await createDatabase(dialect);
  const options = { url: database?.url ?? 'sqlite::memory:', entities: Object.values(classes) };
  const lines: string[] = [];
  try {
    await inSession(
      dialect,
      async session => {
        const other = async (sql: string): Promise<unknown> => {
          const beside = await openSession(options);
          const rows: unknown = await beside.em.execute(sql);
          await beside.close();
          return rows;
        };
        const provided = { ...classes, other };
        const shell = new Shell({ session, console, load: name => import(name), provided });
        for (const line of typed) {
          const [first = ''] = (render(await shell.respond(line), { width: 500, color: false }) ?? '').split(
            '\n',
          );
          // Only some databases say which value is taken.
          const answer = first.replace(/^(Uncaught UniqueViolation): .*/, '$1');
          lines.push(`> ${line}`, ...(answer === '' ? [] : [answer]));
        }
      },
      options,
    );
  } finally {
    await database?.drop();
  }
  return lines;
}
