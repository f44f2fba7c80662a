import type { Command } from './command.ts';

export const nested: Command = {
  name: 'nested',
  group: 'Session',
  summary: 'Run a function in a savepoint: an error undoes only what the function did.',
  usage: 'nested(() => …)',
  type: '<T>(work: () => T) => T',
  example: ['> nested(() => add(user))', '> session.new', '[]', '> commit()', 'committed 1 new (User)'],
  run: ([work], { session }) => session.nested(work as () => Promise<unknown>),
};
