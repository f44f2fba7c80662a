import { defineConfig } from '@mikro-orm/sqlite';
import { blog } from './src/blog/mapping.ts';

/** The demo blog as an ordinary MikroORM project, for MikroORM's own command line and for MikroORM.init(). */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({ entities: [...blog], dbName: 'site.db' });
