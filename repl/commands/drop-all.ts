import type { Command } from './command.ts';

export const dropAll: Command = {
  name: 'dropAll',
  group: 'Schema',
  summary: 'Drop the tables of all entities, with their rows.',
  usage: 'dropAll()',
  type: '() => SchemaReport',
  example: ['> dropAll()', 'dropped post, user'],
  run: (_, { session }) => session.dropAll(),
};
