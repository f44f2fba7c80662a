import type { SqlStatement } from '../../sql/statement.ts';
import { cannotUndo } from '../cannot-undo.ts';
import { lastingFunction } from './lasting-functions.ts';

/** @throws MikroscopeError `CannotUndo` for a statement that a ROLLBACK would not undo */
export function assertUndoable({ keyword, functions }: SqlStatement): void {
  if (keyword === 'copy') throw cannotUndo(keyword);
  // What a routine puts together and executes may be any of those.
  const name = functions.includes('execute') ? 'execute' : lastingFunction(functions);
  if (name !== undefined) throw cannotUndo(`${name}()`);
}

/** PostgreSQL names what it does not run inside of a transaction. */
export function refusedInside(error: unknown): string | undefined {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code !== '25001') return undefined;
  return (
    /^[A-Z ]+(?= cannot run)/.exec(String(message))?.[0] ?? 'a statement that may not run in a transaction'
  );
}

/**
 * Reports what is due at a commit, such as a deferred foreign key, and defers again what was deferred. A name that also
 * stands for a constraint that cannot be deferred is left alone.
 */
export const SETTLE = `do $$
declare deferred text;
begin
  set constraints all immediate;
  for deferred in
    select format('%I.%I', n.nspname, c.conname) from pg_constraint c join pg_namespace n on n.oid = c.connamespace
    where c.condeferred
  loop
    begin
      execute 'set constraints ' || deferred || ' deferred';
    exception when others then null;
    end;
  end loop;
end $$`;
