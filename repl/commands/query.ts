import type { Command, EntityClass } from './command.ts';

export const query: Command = {
  name: 'query',
  group: 'Query',
  summary: 'Start a query; it runs at all(), first(), one(), count(), …',
  usage: 'query(Entity)',
  type: '<T>(entity: EntityClass<T>) => Query<T>',
  example: ["> query(User).filterBy({ username: 'Corey' }).first()", "User('Corey', 'c@demo.com')"],
  run: ([entity], { session }) => session.query(entity as EntityClass),
};
