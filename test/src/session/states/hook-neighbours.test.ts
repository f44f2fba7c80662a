// The numbers in the names are those of docs/session.md.
import { type Collection, defineEntity, type EventArgs, type FlushEventArgs, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Club {
  declare id: number;
  declare rate: number;
  declare terms: string | null;
  declare fees: Collection<Fee>;
  declare sum: number | null;

  constructor(rate: number) {
    this.rate = rate;
  }

  add(): void {
    this.sum = this.fees.getItems().reduce((sum, fee) => sum + fee.n, 0);
  }
}

class Levy {
  declare id: number;
  declare n: number;
  declare total: number | null;
  declare club: Club;

  constructor(n: number, club: Club) {
    this.n = n;
    this.club = club;
  }
}

/** These compute their totals in a method, in a function, and in a property. */
class Fee extends Levy {
  compute(): void {
    this.total = this.n * this.club.rate;
  }
}
class Charge extends Levy {}
class Toll extends Levy {}
/** Nothing is called for these but subscribers. */
class Tax extends Levy {}

const properties = () => ({
  id: p.integer().primary(),
  n: p.integer(),
  club: () => p.manyToOne(Club),
  total: p.integer().nullable(),
});

defineEntity({
  name: 'Club',
  properties: {
    id: p.integer().primary(),
    rate: p.integer(),
    terms: p.string().nullable().lazy(),
    sum: p.integer().nullable(),
    fees: () => p.oneToMany(Fee).mappedBy('club'),
  },
  hooks: { beforeUpdate: ['add'] },
}).setClass(Club);
defineEntity({
  name: 'Fee',
  properties: properties(),
  hooks: { beforeCreate: ['compute'], beforeUpdate: ['compute'] },
}).setClass(Fee);
const computed = ({ entity }: EventArgs<Charge>): void => {
  entity.total = entity.n * entity.club.rate;
};
defineEntity({
  name: 'Charge',
  properties: properties(),
  hooks: { beforeCreate: [computed], beforeUpdate: [computed] },
}).setClass(Charge);
const product = (toll: Toll): number => toll.n * toll.club.rate;
defineEntity({
  name: 'Toll',
  properties: { ...properties(), total: p.integer().nullable().onCreate(product).onUpdate(product) },
}).setClass(Toll);
defineEntity({ name: 'Tax', properties: properties() }).setClass(Tax);

/** Writes down what it sees of the club of each tax that is written. */
class Seer {
  seen: number[] = [];

  getSubscribedEntities(): (typeof Tax)[] {
    return [Tax];
  }

  beforeUpdate({ entity }: EventArgs<Tax>): void {
    this.seen.push(entity.club.rate);
  }

  beforeDelete(args: EventArgs<Tax>): void {
    const { club } = args.entity;
    this.seen.push(club.rate);
  }
}

class FlushSeer {
  seen: number[] = [];

  onFlush({ uow }: FlushEventArgs): void {
    for (const set of uow.getChangeSets())
      if (set.entity instanceof Tax) this.seen.push(set.entity.club.rate);
  }
}

/** How the club changes, beside the objects that the session holds. */
const changes: readonly string[] = [
  'Club.query.update({ rate: 10 })',
  'Club.query.update({ rate: 10 }); commit(); x.n',
  "em.execute('update club set rate = 10'); expire(c)",
  "em.execute('update club set rate = 10'); commit()",
  "em.execute('update club set rate = 10'); em.clear(); x = get(x.constructor, 1); c = x.club",
];

const flushes: readonly string[] = ['commit()', 'flush()', 'em.flush()', 'Club.query.count()'];

const scripts: readonly Script[] = [
  ...['Fee', 'Charge', 'Toll'].flatMap(type =>
    changes.flatMap((change): Script[] => [
      [
        `19, 41: a hook sees what an object refers to as it is: ${type}, ${change}`,
        flushes
          .map(
            (flush, index) => `
          > Club.query.update({ rate: 1 }); commit(); c = x.club; c.rate; ${change}; x.n = ${index + 3}; ${flush}; x.total
          ${(index + 3) * 10}`,
          )
          .reduce(
            (script, lines) => script + lines,
            `> c = new Club(1); x = new ${type}(2, c); add(x); commit(); x.total
          2`,
          ),
      ],
      [
        `19, 41: so does that of a new object: ${type}, ${change}`,
        `> c = new Club(1); x = new ${type}(2, c); add(x); commit(); c.rate; ${change}; y = new ${type}(5, c); add(y); commit(); y.total
        50`,
      ],
    ]),
  ),
  ...changes.flatMap(change =>
    ['Seer', 'FlushSeer'].flatMap((type): Script[] => [
      [
        `19, 41: a subscriber sees it: ${type}, ${change}`,
        `> c = new Club(1); x = new Tax(2, c); add(x); commit(); c.rate; s = new ${type}(); em.getEventManager().registerSubscriber(s)
        > ${change}; x.n = 3; commit(); em.execute('update club set rate = 11'); expire(x.club); remove(x); commit(); s.seen
        [ 10, 11 ]`,
      ],
    ]),
  ),
  [
    '19, 41: a hook sees what a list has in the database, and what is staged in it',
    `> c = new Club(1); x = new Fee(2, c); addAll([x, new Fee(3, c)]); commit(); c.fees.length
    2
    > Fee.query.update({ n: 4 }); c.rate = 2; commit(); c.sum
    8
    > em.execute('insert into fee (n, club_id) values (7, 1)').length; commit(); c.rate = 3; commit(); c.sum
    15
    > em.clear(); c = get(Club, 1); c.rate = 4; commit(); c.sum
    15
    > c.fees.length; add(new Fee(5, c)); c.rate = 5; commit(); c.sum
    20`,
  ],
  [
    '19: what no hook reads is not read for it',
    `> c = new Club(1); t = new Tax(2, c); add(t); commit(); n = 0; session.sql.subscribe(({ text }) => { n += /from .club/.test(text) ? 1 : 0 }); t.n = 3; commit(); n
    0`,
  ],
];

testScripts('what hooks read of other objects', scripts, dialects, {
  Club,
  Fee,
  Charge,
  Toll,
  Tax,
  Seer,
  FlushSeer,
});
