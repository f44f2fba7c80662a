// The numbers in the names are those of docs/session.md.
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Size {
  declare width: number | null;

  constructor(width: number | null) {
    this.width = width;
  }
}

class Shelf {
  declare id: number;
  declare name: string;
  jars = new Collection<Jar>(this);

  constructor(name: string) {
    this.name = name;
  }
}

/** Has a value of every kind that may be empty. */
class Jar {
  declare id: number;
  declare shelf: Shelf;
  declare over: Jar | null;
  declare number: number | null;
  declare label: string | null;
  declare notes: unknown;
  declare filled: Date | null;
  declare content: Uint8Array | null;
  declare big: bigint | null;
  declare kind: 'glass' | 'clay' | null;
  declare size: Size | null;
  declare lid: Size | null;
  marks = new Collection<Mark>(this);

  constructor(shelf: Shelf) {
    Object.assign(this, {
      shelf,
      over: this,
      number: 1,
      label: 'a',
      notes: { n: 1 },
      filled: new Date(0),
      big: 1n,
    });
    Object.assign(this, { content: new Uint8Array([1]), kind: 'clay', size: new Size(1), lid: new Size(2) });
  }
}

class Mark {
  declare name: string;
  jars = new Collection<Jar>(this);

  constructor(name: string) {
    this.name = name;
  }
}

defineEntity({
  name: 'Size',
  embeddable: true,
  properties: { width: p.integer().nullable() },
}).setClass(Size);

defineEntity({
  name: 'Shelf',
  properties: { id: p.integer().primary(), name: p.string(), jars: () => p.oneToMany(Jar).mappedBy('shelf') },
}).setClass(Shelf);

defineEntity({
  name: 'Jar',
  properties: {
    id: p.integer().primary(),
    shelf: () => p.manyToOne(Shelf),
    over: () => p.manyToOne(Jar).nullable(),
    number: p.integer().nullable(),
    label: p.string().nullable(),
    notes: p.json().nullable(),
    filled: p.datetime().nullable(),
    content: p.uint8array().nullable(),
    big: p.bigint().nullable(),
    kind: p.enum(['glass', 'clay']).nullable(),
    size: () => p.embedded(Size).nullable(),
    lid: () => p.embedded(Size).object().nullable(),
    marks: () => p.manyToMany(Mark).inversedBy('jars'),
  },
}).setClass(Jar);

defineEntity({
  name: 'Mark',
  properties: { name: p.string().primary(), jars: () => p.manyToMany(Jar).mappedBy('marks') },
}).setClass(Mark);

const columns = 'over_id, number, label, notes, filled, content, big, kind, size_width, lid'.split(', ');
const values = '[j.over, j.number, j.label, j.notes, j.filled, j.content, j.big, j.kind, j.size, j.lid]';

const ways: readonly string[] = [
  's.jars.length',
  's.jars[0].shelf === s ? 1 : 0',
  "Shelf.query.populate('jars').all().length",
  'm.jars.length',
  "Mark.query.populate('jars').all().length",
  'Jar.query.all().length',
  'get(Jar, j.id).id',
  'em.find(Jar, {}).length',
  "em.populate([s], ['jars']).length",
];

const scripts = ways.map((way): Script => [
  `16: what the row has no value of is empty after a reload, by ${way}`,
  `> s = new Shelf('s'); j = new Jar(s); m = new Mark('m'); m.jars.add(j); addAll([j, m]); commit(); ${values}.filter(v => v != null).length
  10
  > commit(); expire(j); expire(s); expire(m); other('update jar set ${columns.map(name => `${name} = null`).join()}'); ${way}
  1
  > ${values}.filter(v => v != null)
  []
  > commit()
  nothing to commit`,
]);

testScripts('a row that has lost values', scripts, dialects, { Shelf, Jar, Mark });
