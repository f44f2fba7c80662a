// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Collection, defineEntity, p } from '@mikro-orm/core';
import type { Query } from '../../../src/query/query.ts';
import { dialects, inSession } from '../../support/databases.ts';

type Session = Parameters<Parameters<typeof inSession>[1]>[0];

const placeSchema = defineEntity({ name: 'Place', embeddable: true, properties: { town: p.string() } });

class Place extends placeSchema.class {}

placeSchema.setClass(Place);

const farmSchema = defineEntity({
  name: 'Farm',
  properties: {
    id: p.integer().primary(),
    crop: p.string(),
    note: p.string().nullable(),
    place: () => p.embedded(Place),
    plots: () => p.oneToMany(Plot).mappedBy('farm'),
  },
});

class Farm extends farmSchema.class {
  override plots = new Collection<Plot>(this);
}

farmSchema.setClass(Farm);

const plotSchema = defineEntity({
  name: 'Plot',
  properties: {
    farm: () => p.manyToOne(Farm).primary().deleteRule('cascade'),
    since: p.datetime(3).primary(),
    crop: p.string(),
    note: p.string().nullable(),
  },
});

class Plot extends plotSchema.class {}

plotSchema.setClass(Plot);

/** Stores farms 1 to 5, the first with one plot, and each other with two, since the same second. */
async function store(session: Session): Promise<void> {
  for (let id = 1; id <= 5; id++) {
    const place = Object.assign(new Place(), { town: `t${id}` });
    const farm = Object.assign(new Farm(), { id, crop: 'rye', place });
    session.add(farm);
    for (const no of [1, 2].slice(0, id))
      session.add(Object.assign(new Plot(), { farm, since: new Date(1_700_000_000_000 + no), crop: 'rye' }));
  }
  await session.commit();
  session.em.clear();
}

type Row = Farm | Plot;
type Rows = Query<Row>;

const keyOf = (row: Row) =>
  row instanceof Plot ? `${row.farm.id} ${row.since.getMilliseconds()}` : String(row.id);

const queries: Readonly<Record<string, (session: Session) => Query<Farm> | Query<Plot>>> = {
  'in the order of the keys': session => session.query(Farm),
  'in another order': session => session.query(Farm).orderBy('-crop', '-id'),
  'by an embedded field': session =>
    session
      .query(Farm)
      .orderBy('-place.town')
      .filter({ place: { town: { $ne: 't9' } } }),
  'with a limit': session => session.query(Farm).limit(4).offset(1),
  'with a relation': session => session.query(Farm).populate('plots'),
  'by a relation': session =>
    session
      .query(Farm)
      .filter({ plots: { crop: 'rye' } })
      .orderBy('plots.since', 'id'),
  'with keys of several parts': session => session.query(Plot),
  'with keys of several parts, by a relation': session =>
    session.query(Plot).orderBy('-farm.id', 'since').populate('farm'),
};

/** What a loop does with a row and the last one, and whether the last one comes. */
interface Turn {
  readonly session: Session;
  readonly query: Rows;
  readonly index: number;
  readonly row: Row;
  readonly last: () => Promise<Row>;
}

const turns: Readonly<Record<string, readonly [comes: boolean, turn: (turn: Turn) => unknown]>> = {
  nothing: [true, () => undefined],
  'clears at every turn': [true, ({ session }) => session.em.clear()],
  'clears at every third turn': [true, ({ session, index }) => index % 3 === 2 && session.em.clear()],
  'clears at the first turn': [true, ({ session, index }) => index === 0 && session.em.clear()],
  'clears at the second turn': [true, ({ session, index }) => index === 1 && session.em.clear()],
  'rolls back and clears': [
    true,
    async ({ session }) => {
      await session.rollback();
      session.em.clear();
    },
  ],
  'clears and reads all': [
    true,
    async ({ session, query }) => {
      session.em.clear();
      await query.all();
    },
  ],
  'expunges its row': [true, ({ session, row }) => session.expunge(row)],
  'expunges the last row': [
    true,
    async ({ session, index, last }) => index === 1 && session.expunge(await last()),
  ],
  'expunges the last row, which is read again': [
    true,
    async ({ session, index, last }) => {
      if (index !== 1) return;
      session.expunge(await last());
      await last();
    },
  ],
  'removes the last row': [
    false,
    async ({ session, index, last }) => index === 1 && session.remove(await last()),
  ],
  'removes the last row and clears, which forgets that': [
    true,
    async ({ session, index, last }) => {
      if (index !== 1) return;
      await session.remove(await last());
      session.em.clear();
    },
  ],
  'removes the last row, commits and clears': [
    false,
    async ({ session, index, last }) => {
      if (index !== 1) return;
      await session.remove(await last());
      await session.commit();
      session.em.clear();
    },
  ],
  'clears and removes the last row': [
    false,
    async ({ session, index, last }) => {
      if (index !== 1) return;
      session.em.clear();
      await session.remove(await last());
      await session.commit();
    },
  ],
};

describe.each(dialects)('a loop over a query, on %s', dialect => {
  const database = { entities: [Farm, Plot, Place], ...(dialect === 'sqlite' && { url: 'sqlite::memory:' }) };

  it.each(Object.entries(queries))(
    '24: %s, comes to what the session lets go of, and that is written',
    (_, of) =>
      inSession(
        dialect,
        async session => {
          const query = of(session) as Rows;
          for (const [name, [comes, act]] of Object.entries(turns)) {
            await store(session);
            const keys = (await query.all()).map(keyOf);
            session.em.clear();
            const last = async () => (await query.all()).find(row => keyOf(row) === keys.at(-1))!;
            const seen: string[] = [];
            for await (const row of query) {
              const index = seen.push(keyOf(row)) - 1;
              row.note = `note ${keyOf(row)}`;
              await session.commit();
              await act({ session, query, index, row, last });
            }
            await session.commit();
            session.em.clear();
            const all = await query.all();
            const written = all.filter(row => row.note === `note ${keyOf(row)}`).map(keyOf);
            const expected = comes ? keys : keys.slice(0, -1);
            expect({ name, seen, written }).toEqual({ name, seen: expected, written: expected });
            await session.query(Farm).delete();
            await session.commit();
            session.em.clear();
          }
        },
        database,
      ),
  );
});
