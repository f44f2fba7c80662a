import * as entities from '@acme/entities';
import { defineConfig } from '@mikro-orm/sqlite';

export default defineConfig({ dbName: 'api.db', entities: Object.values(entities) });
