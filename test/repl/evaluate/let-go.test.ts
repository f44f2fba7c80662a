import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { Shell } from '../../../repl/shell.ts';
import { User } from '../../../src/index.ts';
import { named } from '../../support/blog.ts';
import { dialects, inSession } from '../../support/databases.ts';

/** How a loop over a query is written: `Q` is the query, and `T` what it does with each `u`. */
const loops = [
  'for (const u of Q) { T }',
  'for await (const u of Q) { T }',
  'for (const one of Q) { const u = one; if (u) { T; continue } }',
  'loop = () => { for (const u of Q) { T } }; loop()',
  'loop = async () => { for (const u of Q) { T } }; loop()',
  'loop = async () => { for await (const u of Q) { T } }; loop()',
  'turn = u => { T }; loop = () => { for (const u of Q) turn(u) }; loop()',
  'rows = function* () { for (const u of Q) yield u }; for (const u of rows()) { T }',
  'rows = async function* () { for await (const u of Q) yield u }; for await (const u of rows()) { T }',
  'rows = function* () { for (const u of Q) yield u }; for (const u of rows().map(u => u)) { T }',
  'rows = function* () { for (const u of Q) yield u }; rows().forEach(u => { T })',
  'rows = function* () { yield* Q }; for (const u of rows()) { T }',
  'rows = function* () { yield* Q }; all = function* () { yield* rows() }; all().forEach(u => { T })',
  'rows = function* () { yield* Q }; const it = rows(); for (let step = it.next(); !step.done; step = it.next()) { const u = step.value; T }',
  'rows = async function* () { yield* Q }; for await (const u of rows()) { T }',
  'for (const u of Iterator.from((function* () { yield* Q })())) { T }',
  'rows = Q[Symbol.asyncIterator](); for (let step = rows.next(); !step.done; step = rows.next()) { const u = step.value; T }',
  'class Loop { run() { for (const u of Q) { T } } }; new Loop().run()',
];

/** What is done at each turn, and whether the fourth row comes. */
const turns: readonly (readonly [turn: string, comes: boolean])[] = [
  ['commit(); em.clear()', true],
  ['if (u.id % 2 === 0) { commit(); session.em.clear() }', true],
  ['if (u.id === 2) expunge(User.query.get(4))', true],
  ['commit(); if (u.id === 3) { remove(User.query.get(4)); commit(); em.clear() }', false],
];

describe.each(dialects)('a loop over a query whose rows the session lets go of, on %s', dialect => {
  it.each(loops)('comes to all of them, and what it assigns is written: %s', async loop => {
    await inSession(
      dialect,
      async session => {
        const shell = new Shell({ session, console, load: name => import(name), provided: { User } });
        for (const query of ['User.query', "User.query.orderBy('username')"]) {
          for (const [turn, comes] of turns) {
            for (const id of [1, 2, 3, 4, 5]) session.add(named(`u${id}`, { id }));
            await session.commit();
            session.em.clear();
            const typed = loop
              .replace('Q', query)
              .replace(/\bT\b/, `seen.push(u.id); u.email = 'e' + u.id; ${turn}`);
            await shell.respond('seen = []');
            const said = inspect(await shell.respond(typed), { depth: 1 });
            await session.commit();
            const asked = "[seen, User.query.filter({ email: { $like: 'e%' } }).all().map(u => u.id)]";
            const ids = comes ? [1, 2, 3, 4, 5] : [1, 2, 3, 5];
            expect([typed, said, await shell.respond(asked)]).toMatchObject([
              typed,
              said,
              { value: [ids, ids] },
            ]);
            await session.query(User).delete();
            await session.commit();
            session.em.clear();
          }
        }
      },
      dialect === 'sqlite' ? { url: 'sqlite::memory:' } : {},
    );
  });
});
