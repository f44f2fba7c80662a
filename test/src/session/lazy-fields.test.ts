// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { type Dialect, dialects, inSession } from '../../support/databases.ts';

class Depot {
  declare id: number;
  trucks = new Collection<Truck>(this);
}

class Label {
  declare id: number;
  trucks = new Collection<Truck>(this);
}

class Truck {
  declare id: number;
  declare notes: string;
  declare loud: string;
  declare depot: Depot;
}

defineEntity({
  name: 'Depot',
  properties: { id: p.integer().primary(), trucks: () => p.oneToMany(Truck).mappedBy('depot') },
}).setClass(Depot);
defineEntity({
  name: 'Label',
  properties: { id: p.integer().primary(), trucks: () => p.manyToMany(Truck) },
}).setClass(Label);
defineEntity({
  name: 'Truck',
  properties: {
    id: p.integer().primary(),
    notes: p.text().lazy(),
    loud: p
      .string()
      .formula(columns => `upper(${columns.notes})`)
      .lazy(),
    depot: () => p.manyToOne(Depot),
  },
}).setClass(Truck);

type Session = Parameters<Parameters<typeof inSession>[1]>[0];

const inDepots = (dialect: Dialect, test: (session: Session) => Promise<void>) =>
  inSession(
    dialect,
    async session => {
      const [first, second] = [new Depot(), new Depot()];
      for (const depot of [first, second, second])
        session.add(Object.assign(new Truck(), { notes: 'old', depot }));
      const label = new Label();
      label.trucks.set(session.new.filter(each => each instanceof Truck));
      session.add(label);
      await session.commit();
      session.em.clear();
      await test(session);
    },
    { entities: [Depot, Label, Truck], ...(dialect === 'sqlite' ? { url: 'sqlite::memory:' } : {}) },
  );

describe.each(dialects)('lazy fields on %s', dialect => {
  it('41: a lazy field that was loaded is read again when its row comes back with a list', async () => {
    await inDepots(dialect, async session => {
      const truck = await session.get(Truck, 2);
      expect(await session.read(truck, 'notes')).toBe('old');
      await session.commit();
      await session.em.execute("update truck set notes = 'new'");
      const depot = await session.get(Depot, 2);
      expect(await session.read(await session.read(depot, 'trucks'), 'length')).toBe(2);
      expect(await session.read(truck, 'notes')).toBe('new');
      expect(String(await session.commit())).toBe('nothing to commit');
    });
  });

  it('15: a lazy formula of what came with a many-to-many list loads', async () => {
    await inDepots(dialect, async session => {
      const label = await session.query(Label).one();
      const trucks = (await session.read(label, 'trucks')) as Collection<Truck>;
      for (const truck of trucks) expect(await session.read(truck, 'loud')).toBe('OLD');
      await session.commit();
      await session.em.execute("update truck set notes = 'new'");
      await session.read(await session.read(label, 'trucks'), 'length');
      for (const truck of trucks) expect(await session.read(truck, 'loud')).toBe('NEW');
    });
  });

  it('23: merge() of an object whose lazy field was read or assigned says what differs from the row', async () => {
    await inDepots(dialect, async session => {
      const truck = await session.get(Truck, 2);
      await session.read(truck, 'notes');
      session.expunge(truck!);
      const twin = await session.merge(truck!);
      expect(twin.notes).toBe('old');
      expect(String(session.pending)).toBe('nothing staged');
      session.expunge(twin);
      twin.notes = 'new';
      await session.merge(twin);
      expect(String(await session.commit())).toBe('committed 1 changed (Truck)');
      const unread = await session.get(Truck, 3);
      session.expunge(unread!);
      await session.merge(unread!);
      expect(String(await session.commit())).toBe('nothing to commit');
      expect((await session.em.execute('select notes from truck order by id')) as unknown).toEqual([
        { notes: 'old' },
        { notes: 'new' },
        { notes: 'old' },
      ]);
    });
  });
});
