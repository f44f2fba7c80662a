// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Collection, defineEntity, p } from '@mikro-orm/core';
import type { Session } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';

const farmSchema = defineEntity({
  name: 'Farm',
  filters: { open: { name: 'open', cond: { closed: false }, default: true } },
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    closed: p.boolean(),
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
    farm: () => p.manyToOne(Farm).primary(),
    no: p.integer().primary(),
    crop: p.string(),
    lender: () => p.manyToOne(Farm).nullable(),
  },
});

class Plot extends plotSchema.class {}

plotSchema.setClass(Plot);

describe.each(dialects)('default filters of related entities on %s', dialect => {
  const withRows = (test: (session: Session, sql: string[]) => Promise<void>) =>
    inSession(
      dialect,
      async (session, sql) => {
        const [open, closed] = [false, true].map(isClosed =>
          Object.assign(new Farm(), { name: String(isClosed), closed: isClosed }),
        );
        for (const [farm, no] of [
          [open, 1],
          [open, 2],
          [closed, 1],
        ])
          session.add(Object.assign(new Plot(), { farm, no, crop: 'rye', lender: closed }));
        await session.commit();
        await test(session, sql);
      },
      { entities: [Farm, Plot] },
    );

  it('24, 28: every way to ask for rows, to count, to change and to delete them means the same ones', () =>
    withRows(async session => {
      for (const [condition, count] of [
        [{}, 2],
        [{ crop: 'rye' }, 2],
        [{ no: 1 }, 1],
        [{ farm: { name: 'true' } }, 0],
        [{ farm: { name: 'false' } }, 2],
        [{ lender: { name: 'true' } }, 0],
      ] as const) {
        const plots = session.query(Plot).filter(condition);
        let streamed = 0;
        for await (const _plot of plots.orderBy('crop')) streamed += 1;
        const found = {
          all: (await plots.all()).length,
          count: await plots.count(),
          distinct: await plots.distinct().count(),
          limited: await plots.limit(5).count(),
          streamed,
          update: await plots.update({ crop: 'rye' }),
          delete: await plots.delete(),
        };
        await session.rollback();
        const each = Object.keys(found).map(name => [name, count]);
        expect([condition, found]).toEqual([condition, Object.fromEntries(each)]);
      }
    }));

  it('24: the SQL that a query shows has those of what its rows always refer to', () =>
    withRows(async (session, sql) => {
      const plots = session.query(Plot).filter({ no: 1 });
      const shown = plots.toSql();
      const rows = await session.em.execute<object[]>(shown);
      expect(rows).toHaveLength(1);
      sql.length = 0;
      await plots.all();
      const [join = 'no join'] = / inner join .*? = false/.exec(shown) ?? [];
      expect(sql.join()).toContain(join);
    }));

  it('24, 35: a filter without its parameters is named when the query runs, and not where it is shown', () =>
    withRows(async session => {
      session.em.addFilter({
        name: 'least',
        cond: args => ({ no: { $gte: args['no'] as number } }),
        entity: Plot,
      });
      const plots = session.query(Plot);
      expect(String(plots)).toMatch(/^select .* from .plot/);
      for (const run of [() => plots.all(), () => plots.count(), () => plots.delete()])
        await expect(run()).rejects.toMatchObject({
          name: 'InvalidQuery',
          message: "The filter 'least' has no parameters",
        });
      session.em.setFilterParams('least', { no: 2 });
      expect(await plots.count()).toBe(1);
      expect(String(plots)).toMatch(/no. >= 2/);
    }));

  it('24, 35: a filter that has to be waited for is named where the query is shown, and is not called for that', () =>
    withRows(async session => {
      let calls = 0;
      const cond = async () => {
        calls += 1;
        await Promise.resolve();
        return { no: 2 };
      };
      session.em.addFilter({ name: 'second', cond, entity: Plot });
      session.em.addFilter({ name: 'named', cond: async () => ({ name: 'false' }), entity: Farm });
      const shown = session.query(Plot).toSql();
      expect(shown).toMatch(/ = false .*asc \/\* and the filter 'second' of Plot, when it runs \*\/ \/\*/);
      expect(shown).toMatch(/ \/\* and the filter 'named' of Plot.farm, when it runs \*\/$/);
      expect(await session.em.execute<object[]>(shown)).toHaveLength(2);
      expect(calls).toBe(0);
      expect([await session.query(Plot).count(), calls]).toEqual([1, 1]);
    }));
});
