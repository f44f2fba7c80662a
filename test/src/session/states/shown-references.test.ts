// The numbers in the names are those of docs/session.md.
import { defineEntity, p, type Ref } from '@mikro-orm/core';
import { type Script, testScripts } from '../../../support/typed.ts';

const key = { id: p.integer().primary(), name: p.string() };

class Composer {
  declare id: number;
  declare name: string;

  toString(): string {
    return `C<${this.name}>`;
  }
}

class Opera {
  declare id: number;
  declare name: string;
  declare composer: Ref<Composer> | null;
}

defineEntity({ name: 'Composer', properties: key }).setClass(Composer);
defineEntity({
  name: 'Opera',
  properties: { ...key, composer: () => p.manyToOne(Composer).ref().nullable() },
}).setClass(Opera);

/** Looks at what a reference stands for. */
const looks = [
  '`${o.composer}`',
  "'' + o.composer",
  "o.composer + ''",
  'String(o.composer)',
  'o.composer.toString()',
  '[o.composer].join()',
  '`${[[o.composer]]}`',
  "o['composer'].toString()",
  'JSON.stringify([o.composer])',
  '[o].map(({ composer }) => `by ${composer}`)[0]',
  '((work) => String(work.composer))(o)',
];

const scripts = looks.map((look): Script => [
  `6, 15: ${look} shows an object that has expired as it is now`,
  `> o = new Opera(); o.name = 'o'; c = new Composer(); c.name = 'old'; o.composer = c; add(o); commit(); o.composer.name
    'old'
    > em.execute("update composer set name = 'new'"); commit(); (${look}).includes('new')
    true`,
]);

testScripts('references that are shown', scripts, undefined, { Composer, Opera });
