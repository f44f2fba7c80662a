import type { EntitySummary, Session } from '../../src/index.ts';
import { answerOf, showAs, table } from '../answer/show-as.ts';
import type { Command } from './command.ts';

export const entities: Command = {
  name: 'entities',
  group: 'Query',
  summary: 'List the entities; entities.User is User, also where that name is taken.',
  usage: 'entities()',
  type: '() => object[]',
  example: ['> entities()', 'Post  post  6 properties', 'User  user  5 properties'],
  run: (_, { session }) => list(session),
};

/** Gives the function `entities` the classes as properties, and shows it as the list when it is typed without a call. */
export function holdClasses(holder: object, session: Session): void {
  for (const [name, value] of Object.entries({ ...session.embeddables, ...session.entities }))
    Object.defineProperty(holder, name, { value, enumerable: true });
  showAs(holder, () => answerOf(list(session)) ?? { kind: 'nothing' });
}

function list(session: Session): readonly EntitySummary[] {
  return table(
    session.entitySummaries,
    [
      { name: 'entity', cell: ({ name }) => name },
      {
        name: 'table',
        cell: ({ table: from = 'no table', root }) => (root === undefined ? from : `${from} (of ${root})`),
      },
      {
        name: 'properties',
        cell: ({ properties }) => `${properties} ${properties === 1 ? 'property' : 'properties'}`,
      },
    ],
    'no entities',
  );
}
