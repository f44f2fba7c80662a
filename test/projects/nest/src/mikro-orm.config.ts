import 'reflect-metadata';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { defineConfig } from '@mikro-orm/postgresql';
import { join } from 'node:path';

export default defineConfig({
  clientUrl: process.env.BACKEND_URL ?? 'postgresql://backend:hunter2@localhost:1/backend',
  metadataProvider: ReflectMetadataProvider,
  entities: [join(__dirname, '**/*.entity.js')],
  entitiesTs: [join(__dirname, '**/*.entity.ts')],
});
