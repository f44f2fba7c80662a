import type { MikroORM } from '@mikro-orm/core';
import type { DatabaseUrl, FileUrl } from './database-url.ts';
import { driverOptionText } from './driver-options.ts';
import type { Location } from './location.ts';

/** What all databases share that run in this process. */
export const embedded = {
  isEmbedded: true,
  commitsAtDdl: false,
  keepsDeadConnections: false,
  connectionOptions: (url: DatabaseUrl) => ({ dbName: (url as FileUrl).file }),
} as const;

/** The file, directory or memory that a configuration names. */
export function pathOf(orm: MikroORM): string {
  return driverOptionText(orm, 'dataDir') ?? driverOptionText(orm, 'url') ?? orm.config.get('dbName') ?? '';
}

/** @param dialect the name of it */
export function locateFile(dialect: string, path: string): Location {
  const isMemory = path === '' || path === ':memory:' || path.startsWith('memory:');
  const name = isMemory ? ':memory:' : path;
  return {
    url: `${dialect}:${name}`,
    name,
    host: undefined,
    user: '',
    file: isMemory ? undefined : path,
  };
}
