import type { MikroORM } from '@mikro-orm/core';
import { embeddedDatabase } from '../../mikro-orm/native-client.ts';
import { readStatements } from '../../sql/statement.ts';
import { cannotUndo } from '../cannot-undo.ts';

/** A database of better-sqlite3 or libsql. */
export interface NativeDatabase {
  prepare(sql: string, ...rest: unknown[]): unknown;
  exec(sql: string): unknown;
  serialize?(): Buffer;
}

/** A database in memory can open others, and these would be the real ones: refuses the statements that do so. */
export function keepInside(orm: MikroORM): void {
  const database = embeddedDatabase(orm) as NativeDatabase;
  for (const name of ['prepare', 'exec'] as const) {
    const method = database[name].bind(database);
    database[name] = (sql: string, ...rest: unknown[]) => {
      for (const { keyword, writesFile } of readStatements(sql, 'sqlite')) {
        if (keyword === 'attach') throw cannotUndo(keyword);
        if (keyword === 'vacuum' && writesFile) throw cannotUndo('vacuum into');
      }
      return method(sql, ...rest);
    };
  }
}
