import { defineConfig } from '@mikro-orm/sqlite';
import { blog } from './src/blog/mapping.ts';
import { parseDatabaseUrl } from './src/database/parse-database-url.ts';
import { withDatabase } from './src/database/with-database.ts';

const config = defineConfig({ entities: [...blog], dbName: 'site.db' });

const url = process.env['DATABASE_URL'] ?? '';

/**
 * The demo blog as an ordinary MikroORM project, for MikroORM's own command line and for MikroORM.init(). It is on the
 * database that DATABASE_URL names, as it is for mikroscope.
 */
// oxlint-disable-next-line import/no-default-export
export default url === '' ? config : await withDatabase(config, parseDatabaseUrl(url, '.'));
