// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import type { Session } from '../../../src/index.ts';
import { inSession, withMariadb } from '../../support/databases.ts';
import { outcome } from '../../support/outcome.ts';
import { parts, Whole } from '../fixtures/parts.ts';

/** What a condition says of the value of a row; null is what SQL does not know. */
type Model = (value: unknown) => boolean | null;
type Condition = readonly [name: string, condition: unknown, model: Model];

const moment = (year: number) => new Date(Date.UTC(year, 1, 2, 3, 4, 5, 678));

/** Values of each field, in ascending order. Texts that are compared as texts would be in another one. */
const fields: Readonly<Record<string, readonly unknown[]>> = {
  label: ['a', 'b', 'c'],
  width: [2, 9, 10],
  half: [1.5, 9.25, 10.5],
  big: [2n, 9n, 10n],
  bigText: ['2', '9', '10'],
  exact: ['2.50', '9.25', '10.00'],
  exactNumber: [2.5, 9.25, 10],
  flag: [false, true],
  since: [moment(2020), moment(2021), moment(2022)],
  day: ['2020-01-02', '2020-01-09', '2020-01-10'],
  time: ['01:02:03', '09:00:00', '10:00:00'],
  uuid: ['1', '2', '3'].map(digit => `${digit}0000000-0000-0000-0000-000000000000`),
  choice: ['x', 'y'],
  grade: [1, 2],
};

/** Where the field is: the path to it, and the names of those that are there. */
const places: readonly (readonly [path: readonly string[], names: readonly string[]])[] = [
  [[], Object.keys(fields)],
  [['inline'], Object.keys(fields)],
  [['kept'], Object.keys(fields)],
  [['data'], ['label', 'width', 'half', 'flag']],
  [
    ['data', 'inner'],
    ['label', 'width', 'half', 'flag'],
  ],
];

const cases = places.flatMap(([path, names]) => names.map(name => [...path, name]));
describe.each(withMariadb)('conditions on %s', dialect => {
  const withRows = (rows: readonly object[], test: Parameters<typeof inSession>[1]) =>
    inSession(
      dialect,
      async (session, sql) => {
        for (const row of rows) session.add(Object.assign(new Whole(), row));
        await session.commit();
        await test(session, sql);
      },
      { entities: parts, ...(dialect === 'sqlite' && { url: 'sqlite::memory:' }) },
    );

  it('37: every operator on every kind of value, wherever it is, finds what it says', () =>
    withRows([], async session => {
      for (const path of cases) {
        const [top = ''] = path;
        const rows = [...(fields[path.at(-1) ?? ''] ?? []), null];
        await session.query(Whole).delete();
        for (const value of rows)
          session.add(Object.assign(new Whole(), { [top]: undefined }, at(path, value)));
        await session.commit();
        const all = await session.query(Whole).orderBy('id').all();
        const wrong: string[] = [];
        for (const [name, condition, model] of onField(path, rows)) {
          const met = new Set(
            await session
              .query(Whole)
              .filter(condition as object)
              .all(),
          );
          const found = all.flatMap((row, i) => (met.has(row) ? [i] : []));
          const meant = rows.flatMap((value, i) => (model(value) === true ? [i] : []));
          if (String(found) !== String(meant)) wrong.push(`${name}: ${found.join()}, not ${meant.join()}`);
        }
        expect({ [path.join('.')]: wrong }).toEqual({ [path.join('.')]: [] });
      }
    }));

  it('37: a list of embedded objects is met by one of them', () =>
    withRows(
      [
        { parts: [{ since: moment(2020), width: 2 }] },
        { parts: [{ since: moment(2022), width: 10 }] },
        { parts: [] },
        {},
      ],
      async session => {
        const found = (condition: object) => indexes(session, { parts: condition });
        expect(await found({ since: moment(2020) })).toEqual([0]);
        expect(await found({ since: { $gt: moment(2020) } })).toEqual([1]);
        expect(await found({ $or: [{ since: moment(2020) }, { since: { $gt: moment(2021) } }] })).toEqual([
          0, 1,
        ]);
        expect(await found({ $and: [{ since: { $exists: true } }, { width: { $lt: 9 } }] })).toEqual([0]);
        expect(await found({ $not: { width: { $gt: 9 } } })).toEqual([0, 2, 3]);
      },
    ));

  it('37: $elemMatch compares the parts of lists in JSON', () =>
    withRows(
      [{ data: [{ at: moment(2020), n: 2 }] }, { data: [{ at: moment(2022), n: 10 }] }, { data: [] }, {}],
      async session => {
        const found = (condition: object) => indexes(session, { data: { $elemMatch: condition } });
        expect(await found({ n: { $gt: 9 } })).toEqual([1]);
        expect(await found({ n: { $exists: true }, at: { $lt: moment(2021) } })).toEqual([0]);
      },
    ));

  it('37: JSON is compared as it is written', () =>
    withRows([{ data: { l: [2] } }, { data: ['a'] }, { data: 5 }, { data: 'a' }, {}], async session => {
      const found = (data: unknown) => indexes(session, { data });
      expect(await found({ $eq: { l: [2] } })).toEqual([0]);
      expect(await found({ $ne: { l: [2] } })).toEqual([1, 2, 3]);
      expect(await found({ $in: [{ l: [2] }, ['a'], 5] })).toEqual([0, 1, 2]);
      expect(await found({ $nin: [['a'], 'a'] })).toEqual([0, 2]);
      expect(await found(['a'])).toEqual([1]);
    }));

  it('37: what the database would compare as texts, or not at all, is refused by name', () =>
    withRows([{}], async session => {
      const refused = (condition: object) => outcome(() => session.query(Whole).filter(condition).all());
      for (const condition of [
        { parts: { big: { $gt: 9n } } },
        { parts: { exact: { $lt: '10.5' } } },
        { parts: { exact: '2.5' } },
        { parts: { $or: [{ bigText: { $gte: '9' } }] } },
        { data: { $gt: 5 } },
        { data: { l: { $eq: [2] } } },
        { words: { $in: [['a'], ['b']] } },
        ...(dialect === 'postgresql'
          ? []
          : [
              { words: { $overlap: ['a'] } },
              { data: { $contains: { n: 1 } } },
              { data: { l: { $overlap: [1] } } },
              { parts: { $contains: [] } },
            ]),
      ])
        expect([condition, await refused(condition)]).toEqual([condition, 'InvalidQuery']);
      expect(await refused({ big: /^9/ })).toBe('InvalidValue');
    }));

  it('37: a part of JSON is compared by the type that it has', () =>
    withRows(
      [1, 10, '1', 'x', 'Y', true, false, null, [1], { n: 1 }].map(n => ({ data: { n } })),
      async session => {
        const found = (n: unknown) => indexes(session, { data: { n } });
        expect(await found(1)).toEqual([0]);
        expect(await found('1')).toEqual([2]);
        expect(await found(true)).toEqual([5]);
        expect(await found(0)).toEqual([]);
        expect(await found('true')).toEqual([]);
        expect(await found({ $in: [1, 10] })).toEqual([0, 1]);
        expect(await found(['1', 'x'])).toEqual([2, 3]);
        expect(await found({ $ne: 1 })).toEqual([1, 2, 3, 4, 5, 6, 8, 9]);
        expect(await found({ $ne: '1' })).toEqual([0, 1, 3, 4, 5, 6, 8, 9]);
        expect(await found({ $ne: true })).toEqual([0, 1, 2, 3, 4, 6, 8, 9]);
        expect(await found({ $not: { $eq: 0 } })).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9]);
        expect(await found({ $nin: ['1', '0', '2'] })).toEqual([0, 1, 3, 4, 5, 6, 8, 9]);
        expect(await found({ $gt: 1 })).toEqual([1]);
        expect(await found({ $gte: '1' })).toEqual([2, 3, 4]);
        expect(await found({ $lt: true })).toEqual([6]);
        expect(await found({ $gt: 0, $ne: 10 })).toEqual([0]);
        expect(await found({ $ne: null, $lt: 5 })).toEqual([0]);
        expect(await found({ $like: '%1%' })).toEqual([2]);
        expect(await found(null)).toEqual([7]);
        expect(await found({ $ne: null })).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9]);
        expect(await indexes(session, { 'data.n': { $in: [10, 11] } })).toEqual([1]);
        expect(await outcome(() => session.query(Whole).filter({ data: { n: { $in: [1, '1'] } } }))).toBe(
          'InvalidQuery',
        );
      },
    ));

  it('37: what would end in an error of the database, or in its own form of a value, is refused by name', () =>
    withRows([{ width: 1, label: 'b' }], async session => {
      const query = session.query(Whole);
      for (const [condition, name] of [
        [{ width: { $in: 5 } }, 'InvalidQuery'],
        [{ label: { $nin: 'b' } }, 'InvalidQuery'],
        [{ data: { n: { $in: 5 } } }, 'InvalidQuery'],
        [{ width: { $eq: [] } }, 'InvalidValue'],
        [{ width: { $ne: [1] } }, 'InvalidValue'],
        [{ width: { $like: '1%' } }, 'InvalidQuery'],
        [{ inline: { exact: { $like: '1%' } } }, 'InvalidQuery'],
        [{ since: { $like: '2020%' } }, 'InvalidQuery'],
        [{ since: /^2020/ }, 'InvalidQuery'],
        [{ data: { $like: '1%' } }, 'InvalidQuery'],
        [{ label: { $like: 5 } }, 'InvalidValue'],
        [{ label: { $re: /a/i } }, dialect === 'sqlite' ? 'InvalidQuery' : 'InvalidValue'],
        [{ $or: {} }, 'InvalidQuery'],
        [{ inline: { $exists: true } }, 'InvalidQuery'],
        [{ inline: { $or: [{ width: 1 }] } }, 'InvalidQuery'],
        [{ width: { $or: [{ $gt: 1 }] } }, 'InvalidQuery'],
        [{ width: { $size: 1 } }, 'InvalidQuery'],
      ] as const)
        expect([condition, await outcome(() => query.filter(condition))]).toEqual([condition, name]);
      expect(await outcome(() => query.orderBy({ width: 0 }))).toBe('BadArgument');
      expect(await query.orderBy({ width: -1 }).count()).toBe(1);
      const rare = [{ label: { $ilike: 'B%' } }, { label: { $re: 'b' } }, { label: /B/i }];
      for (const condition of rare)
        expect([condition, await outcome(() => query.filter(condition).count())]).toEqual([
          condition,
          dialect === 'postgresql' || (dialect === 'mariadb' && !('$ilike' in condition.label))
            ? 'done'
            : 'InvalidQuery',
        ]);
      const found = dialect === 'sqlite' ? 1 : await query.filter({ label: { $re: /^b/ } }).count();
      expect(found).toBe(1);
    }));

  it('37: an empty condition on JSON, which every row would meet, is refused by name', () =>
    withRows([{ data: {} }, { data: { l: {} } }, {}], async session => {
      const refused = (data: unknown) =>
        outcome(async () => {
          await session.query(Whole).filter({ data }).delete();
        });
      for (const data of [{}, { l: {} }, { l: { m: {} }, n: 1 }, { $elemMatch: {} }])
        expect([data, await refused(data)]).toEqual([data, 'InvalidValue']);
      expect(() => session.query(Whole).filter({ data: { l: { m: undefined } } })).toThrow('Whole.data.l.m');
      expect(await indexes(session, { data: { $eq: {} } })).toEqual([0]);
    }));

  it('37: $not is before what a relation is compared with, too', () =>
    withRows([{ width: 1 }, { width: 2 }], async session => {
      const [one, two] = await session.query(Whole).orderBy('id').all();
      if (one === undefined || two === undefined) throw new Error('There are two');
      [one.owner, two.owner] = [two, one];
      await session.commit();
      const found = (owner: unknown) => indexes(session, { owner });
      expect(await found({ $not: { $eq: one.id } })).toEqual([0]);
      expect(await found({ $not: one })).toEqual([0]);
      expect(await found({ width: { $not: { $gt: 1 } } })).toEqual([1]);
      expect(await found({ width: { $not: 1, $gt: 0 } })).toEqual([0]);
    }));
});

/** Every operator, by itself and in groups. */
function onField(path: readonly string[], rows: readonly unknown[]): Condition[] {
  const values = rows.filter(value => value !== null);
  const [a, b] = values;
  const c = values.at(-1);
  const known =
    (model: (value: unknown) => boolean): Model =>
    value =>
      value === null ? null : model(value);
  const single: readonly Condition[] = [
    ['a value', b, known(value => compare(value, b) === 0)],
    ['$eq', { $eq: b }, known(value => compare(value, b) === 0)],
    ['$ne', { $ne: b }, known(value => compare(value, b) !== 0)],
    ['$gt', { $gt: a }, known(value => compare(value, a) > 0)],
    ['$gte', { $gte: b }, known(value => compare(value, b) >= 0)],
    ['$lt', { $lt: c }, known(value => compare(value, c) < 0)],
    ['$lte', { $lte: b }, known(value => compare(value, b) <= 0)],
    ['$gte and $lt', { $gte: a, $lt: c }, known(value => compare(value, c) < 0)],
    ['$in', { $in: [a, c] }, known(value => compare(value, a) === 0 || compare(value, c) === 0)],
    ['a list', [a, c], known(value => compare(value, a) === 0 || compare(value, c) === 0)],
    ['$nin', { $nin: [a] }, known(value => compare(value, a) !== 0)],
    ['$not of a value', { $not: b }, known(value => compare(value, b) !== 0)],
    ['$not', { $not: { $gt: a } }, known(value => compare(value, a) <= 0)],
    ['$not beside another', { $not: { $eq: b }, $lte: b }, known(value => compare(value, b) < 0)],
    ['null', null, value => value === null],
    ['$ne null', { $ne: null }, value => value !== null],
    ['$exists', { $exists: true }, value => value !== null],
    ['$exists: false', { $exists: false }, value => value === null],
    ...(path.at(-1) === 'label'
      ? ([
          ['$like', { $like: 'b%' }, known(value => value === 'b')],
          ['a pattern', /^b/, known(value => value === 'b')],
        ] satisfies Condition[])
      : []),
  ];
  const alone = single.map(([name, condition, model]): Condition => [name, at(path, condition), model]);
  // For the others it would take a minute, and say no more.
  if (!['label', 'width'].includes(path.at(-1) ?? '')) return alone;
  const isFirst = known(value => compare(value, a) === 0);
  const first = at(path, a);
  const dotted = path.length === 2 ? [path.join('.')] : [];
  return [
    ...alone.flatMap(([name, condition, model]): Condition[] => [
      [name, condition, model],
      [`$not of ${name}`, { $not: condition }, value => negated(model(value))],
      [`$or of ${name}`, { $or: [condition, first] }, value => model(value) === true || isFirst(value)],
      [`$and of ${name}`, { $and: [condition, first] }, value => model(value) === true && isFirst(value)],
    ]),
    ...single.flatMap(([name, condition, model]) =>
      dotted.map((key): Condition => [`a path to ${name}`, { [key]: condition }, model]),
    ),
  ];
}

function negated(known: boolean | null): boolean | null {
  return known === null ? null : !known;
}

function at(path: readonly string[], value: unknown): object {
  return path.reduceRight((inner, name) => ({ [name]: inner }), value) as object;
}

/** Texts of digits are numbers. */
function compare(one: unknown, other: unknown): number {
  const [left, right] = [one, other].map(value =>
    typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value,
  ) as [number, number];
  return left < right ? -1 : Number(left > right);
}

/** Which rows meet a condition, in the order in which they were added. */
async function indexes(session: Session, condition: object): Promise<number[]> {
  const all = await session.query(Whole).orderBy('id').all();
  const found = new Set(await session.query(Whole).filter(condition).all());
  return all.flatMap((row, i) => (found.has(row) ? [i] : []));
}
