import type { EntityClass, Options } from '@mikro-orm/core';
import { Post, User } from '../blog/entities.ts';
import { openConfigured, openDatabase } from '../database/open-database.ts';
import { withDatabase } from '../database/with-database.ts';
import { parseDatabaseUrl } from '../database/parse-database-url.ts';
import { SqlLog } from '../sql/sql-log.ts';
import type { Confirm } from '../unit-of-work/confirmation.ts';
import { Session } from './session.ts';

export interface OpenOptions {
  /** `sqlite:site.db` by default. */
  readonly url?: string;
  /** The demo blog by default. */
  readonly entities?: readonly EntityClass<object>[];
  /** Where relative SQLite paths start. */
  readonly cwd?: string;
  /** What MikroORM's `defineConfig()` gives, in place of the entities; with a URL, that database is used instead. */
  readonly config?: object;
  /** The database refuses every write. */
  readonly readOnly?: boolean;
  /** Everything is undone when the session closes; of an embedded database a copy in memory is used. */
  readonly sandbox?: boolean;
  /** Asked before `dropAll()`, an `update()` or `delete()` of all rows, and SQL that does such a thing; throws to refuse. */
  readonly confirm?: Confirm;
}

/**
 * Opens a session on a database. Creates none: that is `createAll()`'s work, and only for a SQLite file.
 *
 * @example
 * const session = await openSession({ url: 'postgresql://me:secret@localhost/blog' });
 *
 * @throws MikroscopeError with one sentence, the password masked, when the database cannot be opened
 */
export async function openSession(options: OpenOptions = {}): Promise<Session> {
  const sql = new SqlLog();
  const { confirm = () => Promise.resolve() } = options;
  const given: readonly unknown[] = options.entities ?? (options.config as Partial<Options>)?.entities ?? [];
  // The demo's classes are mapped when they are first used, which may be here.
  if (given.includes(User) || given.includes(Post)) await blog();
  if (options.config !== undefined) {
    const config = options.config as Partial<Options>;
    const chosen =
      options.url === undefined
        ? config
        : await withDatabase(config, parseDatabaseUrl(options.url, options.cwd ?? '.'));
    return new Session(await openConfigured(chosen, sql, options), sql, confirm);
  }
  const target = parseDatabaseUrl(options.url ?? 'sqlite:site.db', options.cwd ?? '.');
  return new Session(
    await openDatabase(target, options.entities ?? (await blog()), sql, options),
    sql,
    confirm,
  );
}

/** The demo is loaded where it is opened, and nowhere else. */
async function blog(): Promise<readonly EntityClass<object>[]> {
  return (await import('../blog/mapping.ts')).blog;
}
