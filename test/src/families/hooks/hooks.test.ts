// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { openSession } from '../../../../src/index.ts';
import { createDatabase, dialects } from '../../../support/databases.ts';
import { entityEvents, entities, flushEvents, subscriber } from './notebook.ts';
import { combinations, play } from './play.ts';

/** How many there are for each that a database plays: a server takes longer. */
const share: Readonly<Record<string, number>> = { sqlite: 5, postgresql: 17 };

describe.each(dialects)('hooks and subscribers on %s', dialect => {
  it.each([...Object.values(entityEvents).flat(), ...flushEvents])(
    '8, 18, 19, 31: what %s does is written, and undone, with what it is called for',
    async event => {
      const database = await createDatabase(dialect);
      const options = { url: database.url, entities: [...entities] };
      const [session, other] = [await openSession(options), await openSession(options)];
      session.em.getEventManager().registerSubscriber(subscriber);
      await session.createAll();
      const ofEvent = combinations.filter(one => one.event === event);
      const chosen = ofEvent.filter((_, index) => index % (share[dialect] ?? 7) === 0);
      const failures: string[] = [];
      try {
        for (const combination of chosen) {
          try {
            await play(session, other, combination);
          } catch (error) {
            failures.push(`${Object.values(combination).join(', ')}: ${(error as Error).message}`);
          }
        }
      } finally {
        await session.close();
        await other.close();
        await database.drop();
      }
      expect(failures).toEqual([]);
    },
  );
});
