import type { Connection, MikroORM } from '@mikro-orm/core';
import { pgliteOf } from '../mikro-orm/native-client.ts';
import type { FileUrl } from './database-url.ts';
import type { Dialect } from './dialect.ts';
import { driverOption } from './driver-options.ts';
import { embedded, locateFile, pathOf } from './embedded.ts';
import { parseFileUrl } from './file-url.ts';
import { admitPostgres } from './postgres-family/admit.ts';
import { postgresFamily, postgresReadOnly, READ_ONLY } from './postgres-family/postgres-family.ts';

const names = { name: 'pglite', label: 'PGlite', noun: 'directory' } as const;

const clientOption = 'pglite';

/** PGlite, a PostgreSQL in this process. */
export const pglite = {
  ...embedded,
  ...postgresFamily,
  ...names,
  schemes: ['pglite'],
  urlForm: 'pglite:DIRECTORY',
  parseUrl: typed => parseFileUrl(names, typed.rest === 'memory://' ? { ...typed, rest: ':memory:' } : typed),
  connectionOptions(url) {
    const { file } = url as FileUrl;
    return { dbName: file === ':memory:' ? 'memory://' : file };
  },
  locate(orm) {
    const place = locateFile(names.name, pathOf(orm));
    return { ...place, file: driverOption(orm, clientOption) === undefined ? place.file : undefined };
  },
  markerFile: directory => `${directory}/PG_VERSION`,
  probe: () => 'select 1',
  isExclusive: true,
  tracksTransactions: true,
  clientOption,
  readOnly: {
    ...postgresReadOnly,
    options: options => options,
    onConnect: READ_ONLY,
    // A SELECT can call set_config(); an aborted transaction refuses this, and forgets what was set in it.
    afterStatement: READ_ONLY,
    admit: sql => admitPostgres(sql, false),
  },
  sandbox: {
    kind: 'copy',
    // The driver has no way to open a directory read-only; copying it writes nothing.
    original: options => options,
    empty: options => ({ ...options, dataDir: 'memory://' }),
    copy,
    async undoes(_connection: Connection, orm: MikroORM) {
      const { dataDir } = (await pgliteOf(orm)) as { dataDir?: string };
      return dataDir?.startsWith('memory:') === true;
    },
  },
} as const satisfies Dialect;

async function copy(orm: MikroORM) {
  const client = (await pgliteOf(orm)) as { dumpDataDir(kind: 'none'): Promise<Blob> };
  const loadDataDir = await client.dumpDataDir('none');
  const database = driverOption(orm, 'dataDir') === undefined ? {} : { database: orm.config.get('dbName') };
  return (options: object) => ({ ...options, ...database, dataDir: 'memory://', loadDataDir });
}
