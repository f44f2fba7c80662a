import { defineConfig } from '@mikro-orm/sqlite';

export default async () => defineConfig({ dbName: 'zoo.db', entities: ['entities'] });
