// SQLAlchemy is asked where docs/session.md is silent. The numbers are those of its points.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSession, type Session } from '../../../src/index.ts';
import { createDatabase, dialects, type TestDatabase } from '../../support/databases.ts';
import { Player, rows } from './play.ts';
import { scenarios } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { classes } from './schema.ts';
import { readScript } from './script.ts';
import { SqlAlchemy, whyNot } from './sqlalchemy.ts';

const skipped = whyNot();
const entities = Object.values(classes);

(skipped === '' ? describe : describe.skip).each(dialects)(
  `the session of SQLAlchemy on %s ${skipped}`,
  dialect => {
    let oracle: SqlAlchemy;
    let own: TestDatabase;
    let theirs: TestDatabase;
    let elsewhere: Session;

    beforeAll(async () => {
      oracle = new SqlAlchemy();
      [own, theirs] = await Promise.all([createDatabase(dialect), createDatabase(dialect)]);
      elsewhere = await openSession({ url: own.url, entities });
    });

    afterAll(async () => {
      oracle.close();
      await elsewhere.close();
      await Promise.all([own.drop(), theirs.drop()]);
    });

    const play = async (_: string, { script, differs = {} }: Scenario) => {
      const steps = readScript(script);
      const session = await openSession({ url: own.url, entities });
      try {
        await session.dropAll();
        await session.createAll();
        const player = new Player(session, elsewhere);
        await player.run(steps);
        await session.close();
        const shell = { seen: player.seen, committed: await rows(elsewhere) };
        const python = await oracle.play(forPython(theirs.url), steps);
        expect(differing(python, shell)).toEqual(Object.values(differs).flat());
      } finally {
        await session.close();
      }
    };

    const all = Object.entries(scenarios);
    // Each expects in play().
    // oxlint-disable-next-line jest/expect-expect
    it.each(all.filter(([, { failing }]) => failing === undefined))('does the same with %s', play);
    // oxlint-disable-next-line jest/expect-expect
    it.failing.each(all.filter(([, { failing }]) => failing !== undefined))('does the same with %s', play);
  },
);

function forPython(url: string): string {
  return url.startsWith('sqlite') ? url.replace('sqlite:', 'sqlite:///') : url;
}

/** Where two values differ, and how: `path: theirs, ours`. */
function differing(theirs: unknown, ours: unknown, path = ''): string[] {
  if (JSON.stringify(theirs) === JSON.stringify(ours)) return [];
  if (!isObject(theirs) || !isObject(ours))
    return [`${path}: ${JSON.stringify(theirs)} → ${JSON.stringify(ours)}`];
  const names = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return [...names].flatMap(name =>
    differing(theirs[name], ours[name], path === '' ? name : `${path}.${name}`),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
