import type { Command, EntityClass } from './command.ts';

export const get: Command = {
  name: 'get',
  group: 'Query',
  summary: 'Find an object by its primary key; null if there is none.',
  usage: 'get(Entity, key)',
  type: '<T>(entity: EntityClass<T>, key: Key<T>) => T | null',
  example: ['> get(User, 1)', "User('Corey', 'c@demo.com')"],
  run: ([entity, key], { session }) => session.get(entity as EntityClass, key),
};
