// The numbers in the names are those of docs/session.md.
import type { EventSubscriber } from '@mikro-orm/core';
import { describe, expect, it } from '@jest/globals';
import { openSession, type Session } from '../../../../src/index.ts';
import { createDatabase, dialects, inSession } from '../../../support/databases.ts';
import { crates } from '../../fixtures/crates.ts';

const { Shelf, Crate, Jar, Pin, Note, Seal } = crates;
const entities = Object.values(crates);

/** What is told of a flush, in which order. */
const events = ['beforeFlush', 'onFlush', 'beforeUpdate', 'afterFlush'] as const;

type Removal = (
  session: Session,
  shelf: InstanceType<typeof Shelf>,
  crate: InstanceType<typeof Crate>,
) => void;

const removals: Readonly<Record<string, Removal>> = {
  'em.remove()': ({ em }, _, crate) => void em.remove(crate),
  'uow.remove()': ({ em }, _, crate) => em.getUnitOfWork().remove(crate),
  'a list that loses one': (_, shelf, crate) => void shelf.crates.remove(crate),
};

const writes: Readonly<Record<string, (session: Session, again: () => void) => Promise<unknown>>> = {
  'commit()': session => session.commit(),
  'em.flush()': session => session.em.flush().then(() => session.commit()),
  'a flush that is undone': async (session, again) => {
    await session.flush();
    await session.rollback();
    again();
    await session.commit();
  },
};

const all = events.flatMap(event =>
  Object.keys(removals).flatMap(removal =>
    Object.keys(writes).map(write => [event, removal, write] as const),
  ),
);

/** A crate that was loaded and has expired, of which all but a jar has moved to another one since. */
async function moved(session: Session, url: string) {
  const [shelf, other] = [new Shelf('s'), new Crate('d')];
  const crate = new Crate('c', shelf);
  const parts = [
    new Jar('j', crate),
    new Jar('i', crate),
    new Pin('q', crate),
    new Note('n', crate),
    new Seal('z', crate),
  ];
  session.addAll([shelf, crate, other, ...parts]);
  await session.commit();
  await session.em.refresh(crate, { populate: ['jars', 'pins', 'notes', 'seal'] as never });
  await session.em.refresh(shelf, { populate: ['crates'] as never });
  await session.commit();
  const beside = await openSession({ url, entities });
  for (const table of ['jar', 'pin', 'note', 'seal'])
    await beside.em.execute(`update ${table} set crate_id = ${other.id} where name <> 'i'`);
  await beside.em.execute(`insert into jar (name, crate_id) values ('new', ${crate.id})`);
  await beside.close();
  return { shelf, crate, other };
}

describe.each(dialects)('what subscribers remove, on %s', dialect => {
  it.each(all)(
    '38: takes with it what is there, and not what has moved: %s, %s, %s',
    async (event, removal, write) => {
      const database = await createDatabase(dialect);
      const options = { url: database.url, entities };
      await inSession(
        dialect,
        async session => {
          const { shelf, crate, other } = await moved(session, database.url);
          let isDone = false;
          const subscriber: EventSubscriber = {
            [event]: () => {
              if (!isDone) removals[removal]?.(session, shelf, crate);
              isDone = true;
            },
          };
          session.em.getEventManager().registerSubscriber(subscriber);
          const change = (name: string) => void Object.assign(shelf, { name });
          change('r');
          await writes[write]?.(session, () => {
            isDone = false;
            change('t');
          });
          expect([session.new, session.dirty, session.deleted]).toEqual([[], [], []]);
          const rows = await Promise.all([Jar, Pin, Note, Seal].map(type => session.query(type).all()));
          expect(rows.flat().map(({ name, crate: owner }) => [name, owner === other])).toEqual(
            ['j', 'q', 'n', 'z'].map(name => [name, true]),
          );
          expect(await session.query(Crate).all()).toEqual([other]);
        },
        options,
      );
      await database.drop();
    },
  );
});
