// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { shop, Address, Category, Customer, Part, Product, Stock, Tag, Worker } from '../fixtures/shop.ts';
import { loadAll, makeWorld, picture, type World } from '../fixtures/world.ts';
import { type Dialect, dialects, inSession } from '../../support/databases.ts';

type Session = Parameters<Parameters<typeof inSession>[1]>[0];
type Change = (world: World, session: Session) => void;

const changes: Record<string, Change> = {
  'a member added to a many-to-many list': ({ table, new: fresh }) => table.tags.add(fresh),
  'a member removed from a many-to-many list': ({ chair, oak }) => chair.tags.remove(oak),
  'a many-to-many list changed from the other side': ({ oak, chair }) => oak.products.remove(chair),
  'a many-to-many list emptied': ({ chair }) => chair.tags.removeAll(),
  'a new member of a many-to-many list': ({ chair }) => chair.tags.add(new Tag('cheap')),
  'a many-to-many list exchanged': ({ chair, new: fresh }) => chair.tags.set([fresh, new Tag('cheap')]),
  'a field of an embedded object': ({ chair }) => void (chair.from.city = 'Paris'),
  'an embedded object exchanged': ({ chair }) => void (chair.from = new Address('x', 'y')),
  'a field of an embedded object kept as JSON': ({ chair }) => void (chair.to!.city = 'Paris'),
  'an embedded object kept as JSON exchanged': ({ chair }) => void (chair.to = new Address('x', 'y')),
  'an embedded object taken away': ({ chair }) => void (chair.to = null),
  'JSON exchanged': ({ chair }) => void (chair.labels = { color: 'blue' }),
  'JSON changed in place': ({ chair }) => void chair.labels.sizes!.push(3),
  'a date': ({ chair }) => void (chair.made = new Date('2000-01-01T00:00:00Z')),
  'a bigint': ({ chair }) => void (chair.price = 12_345_678_901n),
  'an enum': ({ chair }) => void (chair.size = 'large'),
  'a field of a row with a key of two parts': ({ stock }) => void (stock.amount = 4),
  'a new row with a key of two parts': ({ table }, session) => session.add(new Stock('Oslo', table, 1)),
  'a removed row with a key of two parts': ({ stock }, session) => void session.remove(stock),
  'a new subclass row': ({ ann }, session) => {
    const worker = new Worker('dan', 3);
    worker.boss = ann;
    session.addAll([worker, new Customer('eve', 4)]);
  },
  'fields of subclasses': ({ bob, cat }) => {
    bob.wage = 99;
    bob.boss = cat;
    cat.discount = 0;
  },
  'a removed subclass row': ({ bob, cat }, session) => [bob, cat].forEach(one => void session.remove(one)),
  'a reference to the own class': ({ seats }) => void (seats.parent = null),
  'a new child of the own class': ({ seats }) => void new Category('stools', seats),
  'a new child by the list': ({ home }) => home.children.add(new Category('beds')),
  'a child moved to a new parent': ({ seats }) => void (seats.parent = new Category('garden')),
  'a removed child of the own class': ({ chair, seats }, session) => {
    chair.category = null;
    void session.remove(seats);
  },
  'an orphan': ({ chair, leg }) => chair.parts.remove(leg),
  'orphans exchanged': ({ chair, seat }) => chair.parts.set([seat, new Part('back')]),
  'orphans of an emptied list': ({ chair }) => chair.parts.removeAll(),
  'many things at once': ({ chair, table, oak, stock, home, seat }, session) => {
    chair.labels = {};
    chair.tags.remove(oak);
    chair.parts.remove(seat);
    const lamp = new Product('lamp');
    lamp.tags.add(oak);
    lamp.category = home;
    lamp.parts.add(new Part('bulb'));
    session.add(lamp);
    void session.remove(stock);
    table.tags.removeAll();
  },
};

const inWorld = async (dialect: Dialect, test: (session: Session, world: World) => Promise<void>) => {
  const run = async (session: Session) => {
    const world = makeWorld();
    const { chair, table, seats, stock, ann, bob, cat } = world;
    session.addAll([chair, table, seats, stock, ann, bob, cat]);
    await session.commit();
    await loadAll(session);
    await test(session, world);
  };
  await inSession(dialect, run, {
    entities: shop,
    ...(dialect === 'sqlite' ? { url: 'sqlite::memory:' } : {}),
  });
};

const inDatabase = async (session: Session) => {
  session.em.clear();
  await loadAll(session);
  return picture(session);
};

describe.each(dialects)('on %s', dialect => {
  describe.each(Object.entries(changes))('%s', (_, change) => {
    it.each(['staged', 'flushed'])('18: rollback() takes it back when it is %s', async state => {
      await inWorld(dialect, async (session, world) => {
        const before = picture(session);
        change(world, session);
        if (state === 'flushed') await session.flush();
        expect(session.uncommitted.summary).not.toBe('');
        await session.rollback();
        expect(picture(session)).toEqual(before);
        expect([session.new, session.dirty, session.deleted]).toEqual([[], [], []]);
        expect(String(await session.commit())).toBe('nothing to commit');
        await loadAll(session);
        expect(picture(session)).toEqual(before);
        change(world, session);
        await session.commit();
        await loadAll(session);
        const after = picture(session);
        expect(after).not.toEqual(before);
        expect(await inDatabase(session)).toEqual(after);
      });
    });

    it('19: a failed commit() keeps it staged, and the next one writes it', async () => {
      await inWorld(dialect, async (session, world) => {
        const before = picture(session);
        change(world, session);
        await session.flush();
        await loadAll(session);
        const after = picture(session);
        await session.rollback();
        await loadAll(session);
        change(world, session);
        const twin = new Tag('oak');
        session.add(twin);
        const staged = session.uncommitted.summary;
        for (let i = 0; i < 2; i++) {
          await expect(session.commit()).rejects.toMatchObject({
            name: 'UniqueViolation',
            message: "Tag.name 'oak' is taken already",
          });
          expect(session.uncommitted.summary).toBe(staged);
        }
        session.expunge(twin);
        await session.commit();
        expect(await inDatabase(session)).toEqual(after);
        expect(after).not.toEqual(before);
      });
    });
  });

  it('18: rollback() takes a version back, and the next commit() counts on from there', async () => {
    await inWorld(dialect, async (session, { chair }) => {
      chair.name = 'stool';
      await session.flush();
      expect(chair.version).toBe(2);
      await session.rollback();
      expect([chair.name, chair.version]).toEqual(['chair', 1]);
      chair.name = 'stool';
      await session.commit();
      chair.name = 'armchair';
      await session.commit();
      expect(await session.read(chair, 'version')).toBe(3);
    });
  });

  it('19: a version counts once, however often commit() failed', async () => {
    await inWorld(dialect, async (session, { chair, table }) => {
      chair.name = 'table';
      await expect(session.commit()).rejects.toMatchObject({ name: 'UniqueViolation' });
      await expect(session.commit()).rejects.toMatchObject({ name: 'UniqueViolation' });
      expect([chair.version, table.version]).toEqual([1, 1]);
      chair.name = 'stool';
      expect(String(await session.commit())).toBe('committed 1 changed (Product)');
      expect(await session.read(chair, 'version')).toBe(2);
    });
  });
});
