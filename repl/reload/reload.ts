import { MikroscopeError, type Query, type Session } from '../../src/index.ts';
import { type SessionReference, sessionReferences } from './session-references.ts';
import type { Scope } from '../evaluate/runtime/scope.ts';

/** How a project is opened anew. */
export interface Reopening {
  /** Opens another session on the project, as its files are now. */
  readonly open: () => Promise<Session>;
  /** Whether the person agrees; undefined where nobody can be asked. */
  readonly agree: (question: string) => Promise<boolean | undefined>;
  /** Told when the other session has taken the place of the first. @returns what there is to say of it */
  readonly opened: () => Promise<string>;
}

/** The shell that goes on. */
export interface ReloadableShell {
  readonly session: Session;
  readonly scope: Scope;
  /** Goes on with another session. */
  adopt(session: Session): void;
}

/**
 * Goes on with a new session on a project's changed files. Until they have loaded, everything stays as it is.
 *
 * @returns what there is to say of it
 * @throws MikroscopeError, or what keeps the project from loading; then nothing has happened
 */
export async function reload(shell: ReloadableShell, reopening: Reopening | undefined): Promise<string> {
  if (!reopening)
    throw new MikroscopeError(
      'InvalidState',
      'There is nothing to reload: no project is open',
      'Start mikroscope in one.',
    );
  const old = shell.session;
  assertLasting(old);
  await settle(old, reopening);
  // PGlite's directory is one process's and one connection's; the old session would open it again.
  if (old.database.dialect === 'pglite') await old.disconnect();
  const next = await reopening.open();
  if (next.database.url !== old.database.url) {
    await next.close();
    throw new MikroscopeError(
      'InvalidState',
      `The configuration now names another database, ${next.database.url}`,
      'Leave and start again for that; this session stays as it is.',
    );
  }
  const places = sessionReferences(shell.scope, old);
  const rows = places
    .map(({ value }) => value)
    .filter(value => old.isEntity(value) || old.isCollection(value));
  const twins = await next.rebind(rows);
  await old.close();
  shell.adopt(next);
  const left = places.filter(place => !put(place, twins, old, next));
  const more = await reopening.opened();
  return [changes(old, next), detached(left), more].filter(line => line !== '').join('\n');
}

/** A database in memory is gone with its connection. */
function assertLasting({ database }: Session): void {
  if (database.name !== ':memory:') return;
  throw new MikroscopeError(
    'InvalidState',
    `Reloading would lose ${database.url}, which is gone with its connection`,
    'Use a file: --db sqlite:site.db',
  );
}

/** @throws MikroscopeError where something would be lost, unless the person agrees to that */
async function settle(session: Session, { agree }: Reopening): Promise<void> {
  const lost = atStake(session);
  if (lost === '') return;
  const agreed = await agree(`Reloading loses ${lost}. Go on?`);
  if (agreed) return;
  throw new MikroscopeError(
    'Refused',
    agreed === false ? 'Nothing was reloaded' : `Reloading would lose ${lost}`,
    session.database.sandbox ? 'Leave and start again without it.' : 'commit() or rollback() first.',
  );
}

function atStake({ uncommitted: { summary }, inTransaction, database, sandboxWrites }: Session): string {
  if (database.sandbox) return sandboxWrites > 0 || summary !== '' ? 'what the sandbox holds' : '';
  if (summary !== '') return `what is not committed: ${summary}`;
  return inTransaction ? 'the open transaction' : '';
}

/** @returns whether there was something to put there */
function put(
  { value, put: into }: SessionReference,
  twins: ReadonlyMap<object, object>,
  old: Session,
  next: Session,
): boolean {
  const twin = twins.get(value) ?? twinOfName(value, old, next);
  return twin !== undefined && into(twin);
}

/** A class, or a query, goes by the entity's name. */
function twinOfName(value: object, old: Session, next: Session): object | undefined {
  if (old.isEntityClass(value)) return next.entities[value.name];
  const type = old.isQuery(value) ? next.entities[value.entity.name] : undefined;
  return type && (value as Query<object>).askedOf(next.query(type));
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
  const [holds, those] = names.length === 1 ? ['holds', 'a row or class'] : ['hold', 'rows or classes'];
  return `${names.join(', ')} still ${holds} what was there before: ${those} that cannot be found again.`;
}
