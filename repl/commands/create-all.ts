import type { Command } from './command.ts';

export const createAll: Command = {
  name: 'createAll',
  group: 'Schema',
  summary: 'Create the tables that do not exist yet.',
  usage: 'createAll()',
  type: '() => SchemaReport',
  example: ['> createAll()', 'created post, user'],
  run: (_, { session }) => session.createAll(),
};
