// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Box {
  declare id: number;
}

class Item {
  declare id: number;
  declare box: Box | null;
}

class Part {
  declare id: number;
  declare item: Item | null;
}

class Bit {
  declare id: number;
  declare part: Part | null;
}

class Label {
  declare id: number;
  declare item: Item | null;
}

class Note {
  declare id: number;
  declare item: Item | null;
}

// oxlint-disable-next-line typescript/no-explicit-any -- an owner of an inverse side has no such method in its type
const orphans = (relation: any): any => relation.orphanRemoval();

defineEntity({
  name: 'Box',
  properties: { id: p.integer().primary(), items: () => p.oneToMany(Item).mappedBy('box') },
} as never).setClass(Box as never);
defineEntity({
  name: 'Item',
  properties: {
    id: p.integer().primary(),
    box: () => p.manyToOne(Box).nullable(),
    parts: () => orphans(p.oneToMany(Part).mappedBy('item')),
    label: () => orphans(p.oneToOne(Label).mappedBy('item')).nullable(),
    notes: () => p.oneToMany(Note).mappedBy('item'),
  },
} as never).setClass(Item as never);
defineEntity({
  name: 'Part',
  properties: {
    id: p.integer().primary(),
    item: () => p.manyToOne(Item).nullable(),
    bits: () => orphans(p.oneToMany(Bit).mappedBy('part')),
  },
} as never).setClass(Part as never);
defineEntity({
  name: 'Bit',
  properties: { id: p.integer().primary(), part: () => p.manyToOne(Part) },
} as never).setClass(Bit as never);
defineEntity({
  name: 'Label',
  properties: { id: p.integer().primary(), item: () => p.oneToOne(Item).nullable() },
} as never).setClass(Label as never);
defineEntity({
  name: 'Note',
  properties: { id: p.integer().primary(), item: () => p.manyToOne(Item).nullable() },
} as never).setClass(Note as never);

/** What was read of the object before it is removed. */
const reads = [
  'get(Label, 1); i.notes.length',
  'get(Label, 1); i.notes.length; i.parts.length',
  'get(Label, 1); i.notes.length; i.parts[0].bits.length',
  'get(Label, 1); i.notes.length; Bit.query.all()',
];

/** How it is removed, and comes back. */
const returns = [
  'remove(i); b.items.add(i)',
  'remove(i); b.items = [i]',
  'remove(i); flush(); i.box = b',
  'remove(i); flush(); add(i)',
  'remove(i); flush(); b.items.add(i)',
  'remove(i); commit(); add(i)',
  'em.remove(i); b.items.add(i)',
  'em.remove(i); em.flush(); add(i)',
  'em.remove(i).flush(); em.persist(i)',
];

const begin = `> i = em.create(Item, { id: 1 }); q = em.create(Part, { item: i }); em.create(Bit, { part: q }); em.create(Label, { item: i }); em.create(Note, { item: i }); em.create(Box, {}); commit()
    committed 6 new (Bit, Box, Item, Label, Note, Part)`;

const linked =
  "em.execute('select (select count(item_id) from part) p, (select count(part_id) from bit) b, (select count(item_id) from label) l').flatMap(row => Object.values(row).map(Number))";

const scripts: readonly Script[] = [
  ...reads.flatMap(read =>
    returns.map((back): Script => [
      `38: what went with an object comes back with it: ${read}; ${back}`,
      `${begin}
      > em.clear(); b = get(Box, 1); i = get(Item, 1); ${read}; 0
      0
      > ${back}; commit(); [i.parts.length, i.parts[0].bits.length, i.label?.id, session.dirty.length]
      [ 1, 1, 1, 0 ]
      > ${linked}
      [ 1, 1, 1 ]`,
    ]),
  ),
  // What goes on without it has lost it for good once that is committed.
  ...returns
    .filter(back => !back.includes('commit()'))
    .map((back): Script => [
      `15, 17: a list that was never read is not lost: ${back}`,
      `${begin}
    > em.clear(); b = get(Box, 1); i = get(Item, 1); get(Label, 1); 0
    0
    > ${back}; commit()
    Uncaught ObjectDeleted: Item.notes was never read, and the row is deleted: a new one would be without it
    > i.notes = []; ${back.includes('add(i)') && !back.includes('items') ? 'add(i)' : 'i.box = b'}; commit(); ${linked}
    [ 1, 1, 1 ]`,
    ]),
  [
    '38: what was taken out meanwhile does not come back',
    `${begin}
    > em.clear(); i = get(Item, 1); get(Label, 1); i.notes.length; i.parts.length
    1
    > remove(i); flush(); i.parts = []; i.label = null; add(i); commit(); ${linked}
    [ 0, 0, 0 ]`,
  ],
];

testScripts('what has gone together', scripts, dialects, { Box, Item, Part, Bit, Label, Note });
