import { MikroscopeError, type Query, type Session } from '../../src/index.ts';
import { type SessionReference, sessionReferences } from './session-references.ts';
import type { Scope } from '../evaluate/runtime/scope.ts';

/** How a project is opened again. */
export interface Reopening {
  /** Opens a session on the project, from the files as they are now. */
  readonly open: () => Promise<Session>;
  /** Asks the user. @returns whether they agree; undefined where nobody can be asked */
  readonly agree: (question: string) => Promise<boolean | undefined>;
  /** Called when the new session has replaced the old one. @returns a problem to print; empty for none */
  readonly opened: () => Promise<string>;
}

/** The shell whose session is replaced. */
export interface ReloadableShell {
  readonly session: Session;
  readonly scope: Scope;
  /** Replaces the session. */
  adopt(session: Session): void;
}

/**
 * Replaces the session by one on the project's changed files. Nothing changes unless they load.
 *
 * @returns what to tell the user
 * @throws MikroscopeError if there is nothing to reload, or something would be lost, or the project does not load
 */
export async function reload(shell: ReloadableShell, reopening: Reopening | undefined): Promise<string> {
  if (!reopening)
    throw new MikroscopeError(
      'InvalidState',
      'There is nothing to reload, as no project is open',
      'Start mikroscope in a project.',
    );
  const old = shell.session;
  assertLasting(old);
  await settle(old, reopening);
  // A database that can be open only once has to be closed before it is opened anew.
  if (old.dialect.isExclusive) await old.disconnect();
  const next = await reopening.open();
  if (next.database.url !== old.database.url) {
    await next.close();
    throw new MikroscopeError(
      'InvalidState',
      `The configuration now names another database, ${next.database.url}`,
      'Restart mikroscope to use it; this session stays as it is.',
    );
  }
  const references = sessionReferences(shell.scope, old);
  const rows = references
    .map(({ value }) => value)
    .filter(value => old.isEntity(value) || old.isCollection(value));
  const rebound = await next.rebind(rows);
  await old.close();
  shell.adopt(next);
  const left = references.filter(reference => !replace(reference, rebound, old, next));
  const problem = await reopening.opened();
  return [changes(old, next), detached(left), problem].filter(line => line !== '').join('\n');
}

/** @throws MikroscopeError if the database is in memory, as it is gone with its connection */
function assertLasting({ database }: Session): void {
  if (database.name !== ':memory:') return;
  throw new MikroscopeError(
    'InvalidState',
    `Reloading would lose ${database.url}, which is gone with its connection`,
    'Use a file: --db sqlite:site.db',
  );
}

/** @throws MikroscopeError if something would be lost and the user does not agree */
async function settle(session: Session, { agree }: Reopening): Promise<void> {
  const lost = atStake(session);
  if (lost === '') return;
  const agreed = await agree(`Reloading loses ${lost}. Go on?`);
  if (agreed) return;
  throw new MikroscopeError(
    'Refused',
    agreed === false ? 'Nothing was reloaded' : `Reloading would lose ${lost}`,
    session.database.sandbox ? 'Restart mikroscope instead.' : 'commit() or rollback() first.',
  );
}

function atStake({ uncommitted: { summary }, inTransaction, database, sandboxWrites }: Session): string {
  if (database.sandbox) return sandboxWrites > 0 || summary !== '' ? 'what the sandbox holds' : '';
  if (summary !== '') return `what is not committed: ${summary}`;
  return inTransaction ? 'the open transaction' : '';
}

/** Puts the counterpart of a value in its place. @returns whether there is one */
function replace(
  { value, put }: SessionReference,
  rebound: ReadonlyMap<object, object>,
  old: Session,
  next: Session,
): boolean {
  const counterpart = rebound.get(value) ?? counterpartByName(value, old, next);
  return counterpart !== undefined && put(counterpart);
}

/** The counterpart of a class, or of a query, by the name of its entity. */
function counterpartByName(value: object, old: Session, next: Session): object | undefined {
  if (old.isEntityClass(value)) return next.entities[value.name];
  const type = old.isQuery(value) ? next.entities[value.entity.name] : undefined;
  return type && (value as Query<object>).rebindTo(next.query(type));
}

function changes(old: Session, next: Session): string {
  const [before, after] = [old, next].map(({ entities }) => Object.keys(entities).toSorted()) as [
    string[],
    string[],
  ];
  const named = [
    ...after.filter(name => !before.includes(name)).map(name => `+ ${name}`),
    ...before.filter(name => !after.includes(name)).map(name => `- ${name}`),
  ];
  const count = `${after.length} ${after.length === 1 ? 'entity' : 'entities'}`;
  return `reloaded ${count}${named.length === 0 ? '' : ` (${named.join(', ')})`}`;
}

function detached(left: readonly SessionReference[]): string {
  const names = [...new Set(left.map(({ name }) => name))];
  if (names.length === 0) return '';
  const what =
    names.length === 1 ? 'holds an old row or class: it was' : 'hold old rows or classes: they were';
  return `${names.join(', ')} still ${what} not found after the reload.`;
}
