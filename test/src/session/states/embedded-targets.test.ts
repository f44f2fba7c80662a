// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Owner {
  declare id: number;
  declare name: string;

  constructor(name: string) {
    this.name = name;
  }
}

class Inner {
  declare owner: Owner | null;

  constructor(owner: Owner | null = null) {
    this.owner = owner;
  }
}

class Part {
  declare no: number;
  declare owner: Owner | null;
  declare inner: Inner | null;

  constructor(owner: Owner | null = null, inner: Inner | null = null) {
    this.no = 1;
    this.owner = owner;
    this.inner = inner;
  }
}

class Thing {
  declare id: number;
  declare changes: number;
  declare part: Part | null;
  declare json: Part | null;
  declare list: Part[];

  constructor(values: object = {}) {
    Object.assign(this, { part: null, json: null, list: [], ...values });
  }
}

/** Has in columns what others refer to. */
class Box {
  declare id: number;
  declare part: Part | null;

  constructor(part: Part | null = null) {
    this.part = part;
  }
}

const owner = () => p.manyToOne(Owner).nullable();

defineEntity({ name: 'Owner', properties: { id: p.integer().primary(), name: p.string() } }).setClass(Owner);
defineEntity({ name: 'Inner', embeddable: true, properties: { owner } }).setClass(Inner);
defineEntity({
  name: 'Part',
  embeddable: true,
  properties: { no: p.integer(), owner, inner: () => p.embedded(Inner).nullable() },
}).setClass(Part);
defineEntity({
  name: 'Thing',
  properties: {
    id: p.integer().primary(),
    changes: p
      .integer()
      .onCreate(() => 0)
      .onUpdate(({ changes }: Thing) => changes + 1),
    part: () => p.embedded(Part).nullable(),
    json: () => p.embedded(Part).object().nullable(),
    list: () => p.embedded(Part).array(),
  },
}).setClass(Thing);

defineEntity({
  name: 'Box',
  properties: { id: p.integer().primary(), part: () => p.embedded(Part).nullable() },
}).setClass(Box);

/** Where an embedded object with an owner can be, and where the owner is then. */
const places = [
  ['part', 'new Part(o)', 't.part.owner'],
  ['part', 'new Part(null, new Inner(o))', 't.part.inner.owner'],
  ['json', 'new Part(o)', 't.json.owner'],
  ['json', 'new Part(null, new Inner(o))', 't.json.inner.owner'],
  ['list', '[new Part(o)]', 't.list[0].owner'],
  ['list', '[new Part(null, new Inner(o))]', 't.list[0].inner.owner'],
] as const;

const name = (path: string) => path.slice(2).replace('[0]', '');

testScripts(
  'what embedded objects refer to',
  [
    ...places.flatMap(([field, part, path]): Script[] => [
      [
        `11: is pending with them, and rolled back: ${part} in ${field}`,
        `> o = new Owner('o'); t = new Thing({ ${field}: ${part} }); add(t); [session.new.length, session.has(o)]
      [ 2, true ]
      > flush(); rollback(); [o.id, session.has(o)]
      [ undefined, false ]
      > add(t); commit()
      committed 2 new (Owner, Thing)
      > o = new Owner('n'); t.${field} = ${part}; session.new
      [ Owner { name: 'n' } ]
      > commit()
      committed 1 new (Owner), 1 changed (Thing)
      > ${path}.name
      'n'`,
      ],
      [
        `11: is the session's again with them: ${part} in ${field}`,
        `> o = new Owner('o'); t = new Thing({ ${field}: ${part} }); add(t); commit(); [o.name, t.id, ${path}.name]
      [ 'o', 1, 'o' ]
      > em.clear(); add(t); [session.has(o), ${path} === o]
      [ true, true ]
      > o.name = 'x'; commit(); other('select name from owner')
      [ { name: 'x' } ]
      > o.name; expunge(o); t.${field} = ${part}; commit(); [session.has(o), ${path} === o]
      [ true, true ]`,
      ],
      [
        `23: are the session's own after merge(), which copies the embedded objects: ${part} in ${field}`,
        `> o = new Owner('o'); d = new Thing({ ${field}: ${part} }); add(d); commit(); [o.name, d.id]; d.${field}; em.clear(); t = merge(d); [t === d, t.${field} === d.${field}]
      [ false, false ]
      > [${path} === o, ${path} === get(Owner, 1), session.new.length, String(commit())]
      [ false, true, 0, 'nothing to commit' ]
      > o = new Owner('n'); merge(new Thing({ ${field}: ${part} }))
      Uncaught InvalidState: Thing.${name(path)} is a new Owner, and merge() only copies what has a row
      > session.new
      []`,
      ],
      [
        `11: stays where that was to be removed, and is assigned: ${part} in ${field}`,
        `> o = new Owner('o'); t = new Thing(); addAll([o, t]); commit()
      committed 2 new (Owner, Thing)
      > t.id; o.name; remove(o); t.${field} = ${part}; [session.deleted.length, session.dirty.length]
      [ 0, 1 ]
      > commit(); [${path} === o, other('select name from owner')]
      [ true, [ { name: 'o' } ] ]
      > o.name; remove(o); add(new Thing({ ${field}: ${part} })); session.deleted.length
      0
      > remove(t); commit()
      committed 1 new (Thing), 1 removed (Thing)`,
      ],
      [
        `34: is null once that is removed, and not inserted again: ${part} in ${field}`,
        `> o = new Owner('o'); t = new Thing({ ${field}: ${part} }); add(t); commit()
      committed 2 new (Owner, Thing)
      > ${path}.name; remove(o); session.deleted.length
      1
      > add(new Owner(null)); flush()
      Uncaught MissingValue: Owner.name has no value, and it needs one
      > [${path} === o, session.deleted.length]
      [ true, 1 ]
      > rollback(); ${path}.name; remove(o); flush(); ${path}
      null
      > rollback(); ${path} === o
      true
      > ${path}.name; remove(o); commit(); [${path.replace(/.owner$/, '?.owner ?? null')}, session.new.length, session.dirty.length]
      [ null, 0, 0 ]
      > other('select * from owner')
      []`,
      ],
    ]),
    ...['part: new Part(o)', 'part: new Part(null, new Inner(o))'].map((part): Script => [
      `34: name what refers to a key that is assigned: ${part}`,
      `> o = new Owner('o'); t = new Box(); Object.assign(t, { ${part} }); add(t); commit(); t.part.no
      1
      > o.id = 70; commit()
      Uncaught ForeignKeyViolation: The key of Owner 1 cannot change: Box.part${part.includes('Inner') ? '.inner' : ''}.owner refers to it, and has no updateRule('cascade')`,
    ]),
  ],
  dialects,
  { Owner, Part, Inner, Thing, Box },
);
