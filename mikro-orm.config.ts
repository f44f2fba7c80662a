import { defineConfig } from '@mikro-orm/sqlite';
import { Post, User } from './src/index.ts';

/** The demo blog as an ordinary MikroORM project, for MikroORM's own command line. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({ entities: [User, Post], dbName: 'site.db' });
