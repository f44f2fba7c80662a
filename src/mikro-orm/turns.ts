import type { ChangeSet } from '@mikro-orm/core';
import { changesByTable } from './class-tables.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Write = (changes: readonly ChangeSet<object>[], ...rest: unknown[]) => Promise<void>;

const turns = new WeakMap<ChangeSet<object>, number>();
let lastTurn = 0;

/** Has a change written by itself, after the others of its class, and after those that got a turn before. */
export function giveTurn(change: ChangeSet<object>): void {
  lastTurn++;
  for (const part of changesByTable(change)) turns.set(part, lastTurn);
}

/**
 * MikroORM updates many rows by one statement, which goes through them in an order of its own: where one takes what another
 * gives up, the database may see it taken.
 */
export function writeInTurns(em: SqlEm): void {
  const persister = em.getUnitOfWork().getChangeSetPersister();
  replaceMethod<Write>(persister, 'executeUpdates', write => async (changes, ...rest) => {
    const waiting = changes.filter(change => turns.has(change));
    if (waiting.length === 0 || changes.length === 1) return write(changes, ...rest);
    const together = changes.filter(change => !turns.has(change));
    if (together.length > 0) await write(together, ...rest);
    for (const change of waiting.toSorted((one, other) => turnOf(one) - turnOf(other)))
      await write([change], ...rest);
  });
}

function turnOf(change: ChangeSet<object>): number {
  return turns.get(change) ?? 0;
}
