import { type Definition, readCode } from '../../sql/definition.ts';
import type { SqlStatement } from '../../sql/statement.ts';
import { cannotUndo } from '../cannot-undo.ts';
import { lastingFunction } from './lasting-functions.ts';

/** @throws MikroscopeError `CannotUndo` for a statement that a ROLLBACK would not undo */
export function assertUndoable({ keyword, functions, kind, writes, text }: SqlStatement): void {
  if (AT_ONCE.has(keyword)) throw cannotUndo(keyword);
  assertNotLasting(functions);
  if (!writes && kind !== 'ddl' && kind !== 'call') return;
  const code = readCode(text);
  assertNotLasting(code.functions);
  for (const definition of code.definitions) assertNoOtherName(definition);
  if (code.writesCatalog) throw cannotUndo("a write to the system's tables");
}

/** What writes files, runs code of one, or counts rows where no transaction is asked. */
const AT_ONCE = new Set(['copy', 'load', 'analyze', 'analyse']);

function assertNotLasting(functions: readonly string[]): void {
  // What a routine puts together and executes may be any of those.
  const name = functions.includes('execute') ? 'execute' : lastingFunction(functions);
  if (name !== undefined) throw cannotUndo(`${name}()`);
}

/** The languages whose code is read before it runs. */
export const READABLE_LANGUAGES = new Set(['sql', 'plpgsql']);

/** What has rows in a file, or on another server. */
const ELSEWHERE = new Set([
  'server',
  'foreign table',
  'foreign data wrapper',
  'foreign schema',
  'subscription',
]);

/** What refers to a function by its mere name. */
export const NAMING = new Set([
  'aggregate',
  'cast',
  'conversion',
  'function',
  'operator',
  'procedure',
  'routine',
  'type',
]);

/** What is, or has in it, a view. */
const VIEWING = new Set(['view', 'schema']);

/**
 * A function that is refused by its name must not get another one, nor may code come that does not show.
 *
 * @throws MikroscopeError `CannotUndo`
 */
function assertNoOtherName({ what, languages, names }: Definition): void {
  if (AT_ONCE.has(what)) throw cannotUndo(what);
  const language = languages.find(each => !READABLE_LANGUAGES.has(each));
  if (language !== undefined) throw cannotUndo(`a routine in the language ${language}`);
  if (ELSEWHERE.has(what)) throw cannotUndo(`a definition of a ${what}`);
  // Where it reads the new row, each of its statements computes the defaults again: sequences are drawn from for no row.
  if (what === 'rule' && names.includes('new'))
    throw cannotUndo('a definition of a rule that reads the new row');
  // A view on one table can be written in its place.
  if (VIEWING.has(what) && names.some(name => name.startsWith('pg_')))
    throw cannotUndo("a view of the system's tables");
  const name = NAMING.has(what) ? lastingFunction(names) : undefined;
  if (name !== undefined) throw cannotUndo(`a definition with ${name}()`);
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
