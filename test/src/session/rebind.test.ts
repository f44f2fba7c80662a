import { describe, expect, it } from '@jest/globals';
import { openSession, User } from '../../../src/index.ts';
import { createDatabase, dialects } from '../../support/databases.ts';
import { Category, Customer, Person, Product, shop, Stock, Tag } from '../fixtures/shop.ts';
import { makeWorld } from '../fixtures/world.ts';

describe.each(dialects)('what another session holds, found again on %s', dialect => {
  it('by every kind of key, with one query a class, and collections by their owners', async () => {
    const database = await createDatabase(dialect);
    const [one, other] = [
      await openSession({ url: database.url, entities: shop }),
      await openSession({ url: database.url, entities: shop }),
    ];
    await one.createAll();
    const world = makeWorld();
    one.addAll(Object.values(world));
    await one.commit();
    const values = [...Object.values(world), world.chair.tags, world.seats.children];
    const sql: string[] = [];
    other.sql.subscribe(({ text }) => sql.push(text));
    const twins = await other.rebind(values);
    expect(values.filter(value => !twins.has(value))).toEqual([]);
    expect(sql.filter(text => / from .product. /.test(text))).toHaveLength(1);
    const chair = await other.query(Product).filterBy({ name: 'chair' }).one();
    const [stock] = await other.query(Stock).all();
    expect(twins.get(world.chair)).toBe(chair);
    expect(twins.get(world.chair.tags)).toBe(chair.tags);
    expect(twins.get(world.stock)).toBe(stock);
    expect(twins.get(world.bob)).toBe(await other.query(Person).filterBy({ name: 'bob' }).one());
    expect(twins.get(world.cat)).toBeInstanceOf(Customer);
    await Promise.all([one.close(), other.close()]);
    await database.drop();
  });

  it('but not what has no row, or whose class the other does not know', async () => {
    const database = await createDatabase(dialect);
    const [one, other] = [
      await openSession({ url: database.url, entities: [...shop, User] }),
      await openSession({ url: database.url, entities: shop }),
    ];
    await one.createAll();
    const [kept, removed, fresh] = [new Tag('kept'), new Tag('removed'), new Tag('fresh')];
    const user = new User({ username: 'a', email: 'a', password: 'a' });
    one.addAll([kept, removed, user]);
    await one.commit();
    await one.remove(removed);
    await one.commit();
    const twins = await other.rebind([kept, removed, fresh, user]);
    expect([...twins.keys()]).toEqual([kept]);
    await Promise.all([one.close(), other.close()]);
    await database.drop();
  });

  it('without a table, as references that say so when they are looked at', async () => {
    const database = await createDatabase(dialect);
    const [one, other] = [
      await openSession({ url: database.url, entities: shop }),
      await openSession({ url: database.url, entities: shop }),
    ];
    await one.createAll();
    const home = new Category('home');
    one.add(home);
    await one.commit();
    // Past the session, whose objects would lose their rows.
    await one.orm.schema.drop();
    const twin = (await other.rebind([home])).get(home);
    expect(twin).toBeInstanceOf(Category);
    await expect(Promise.resolve(other.read(twin, 'name'))).rejects.toMatchObject({ name: 'MissingTable' });
    await Promise.all([one.close(), other.close()]);
    await database.drop();
  });
});
