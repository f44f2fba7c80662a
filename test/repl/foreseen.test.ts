// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Box, Cabin, harbor, Port, Sailor, Ship } from '../src/fixtures/harbor.ts';
import { dialects, inSession } from '../support/databases.ts';
import { type Script, testScripts } from '../support/typed.ts';

const begin = `
  > kiel = new Port('Kiel'); ann = new Ship('Ann', kiel); bea = new Ship('Bea'); al = new Sailor('al', ann); addAll([ann, bea, al])
  > c = new Cabin('A1', ann); d = new Cabin('B1', bea); sign = new Sign(ann); addAll([c, d, sign]); commit()
  committed 7 new (Cabin, Port, Sailor, Ship, Sign)`;

const rename = `em.execute("update ship set name = 'New ' || name"); commit()`;

/** Looks at a cabin, c, and what they show of the name of its ship. */
const looks: readonly (readonly [string, (name: string) => string])[] = [
  ['`${c}`', name => `'Cabin(A1 of ${name})'`],
  ['[[c]] + ""', name => `'Cabin(A1 of ${name})'`],
  ['[c, c].join()', name => `'Cabin(A1 of ${name}),Cabin(A1 of ${name})'`],
  ['String.raw`<${c}>`', name => `'<Cabin(A1 of ${name})>'`],
  ['[c].map(String)', name => `[ 'Cabin(A1 of ${name})' ]`],
  ['[{ c }]', name => `[ { c: Cabin(A1 of ${name}) } ]`],
  ['c + ""', name => `'${name}'`],
  ["c < '~'", () => 'true'],
  ['JSON.stringify(c)', name => `'{"no":"A1","ship":"${name}"}'`],
  ['c.toString()', name => `'Cabin(A1 of ${name})'`],
  ['c.where', name => `'${name}/Kiel'`],
  ['[c].map(c => c.where)', name => `[ '${name}/Kiel' ]`],
  ['throw c', name => `Uncaught Cabin(A1 of ${name})`],
  ['sign', name => `Sign(${name})`],
  ['`${sign}`', name => `'sign of ${name}'`],
];

const scripts: readonly Script[] = [
  ...looks.flatMap(([look, shows]): Script[] => [
    [
      `15: ${look} loads what it shows`,
      `${begin}
      > em.clear(); c = Cabin.query.first(); sign = Sign.query.first(); ${look}
      ${shows('Ann')}`,
    ],
    [
      `41: ${look} loads again what it shows`,
      `${begin}
      > c.where
      'Ann/Kiel'
      > ${rename}
      nothing to commit
      > ${look}
      ${shows('New Ann')}
      > expire(ann); em.execute("update ship set name = 'X'"); ${look}
      ${shows('X')}
      > em.execute("update ship set name = 'Y'"); rollback()
      nothing to roll back
      > ${look}
      ${shows('Y')}`,
    ],
  ]),
  [
    '15: lazy fields, lists, and what is read through variables and other methods is loaded',
    `${begin}
    > em.clear(); Cabin.query.first().log
    'log'
    > em.clear(); Ship.query.first().nicks
    'al'
    > em.clear(); [Cabin.query.first().port, em.clear(), Cabin.query.first().portOfHeld]
    [ 'Kiel', undefined, 'Kiel' ]
    > em.clear(); [Cabin.query.first().valueOf(), Cabin.query.first().shipId]
    [ 'Ann', 1 ]`,
  ],
  [
    '15, 41: arithmetic loads what it turns into a number',
    `${begin}
    > em.execute("update ship set name = '5'"); em.clear(); Cabin.query.first() - 1
    4
    > em.clear(); +Cabin.query.first()
    5
    > em.clear(); ((one, other) => one * other)(Cabin.query.first(), 2)
    10
    > c = Cabin.query.first(); em.execute("update ship set name = '6'"); commit(); [c % 4, -c, c - 1]
    [ 2, -6, 5 ]`,
  ],
  [
    '15: what refers to one of its own class is loaded to the end',
    `> addAll([new Box('d', new Box('c', new Box('b', new Box('a'))))]); commit(); em.clear()
    > d = Box.query.filterBy({ name: 'd' }).one(); [d.outermost, \`\${d}\`]
    [ 'a', 'a/b/c/d' ]
    > em.clear(); Box.query.filterBy({ name: 'd' }).one()
    a/b/c/d`,
  ],
  [
    '41: what prints by its properties shows what it refers to as it is now',
    `${begin}
    > ann.port.name; ann.crew.length; kiel.ships.length; ann
    Ship { id: 1, name: 'Ann', log: 'log of Ann', port: Port(Kiel), crew: [ Sailor(al) ] }
    > em.execute("update port set name = 'Bonn'"); em.execute("update sailor set nick = 'bo'"); commit()
    nothing to commit
    > ann
    Ship { id: 1, name: 'Ann', log: 'log of Ann', port: Port(Bonn), crew: [ Sailor(bo) ] }
    > em.execute("update port set name = 'Rome'"); em.execute("update sailor set nick = 'cy'"); rollback()
    nothing to roll back
    > Ship.query.all()[0]
    Ship { id: 1, name: 'Ann', log: 'log of Ann', port: Port(Rome), crew: [ Sailor(cy) ] }
    > em.execute("update port set name = 'Oslo'"); commit(); em.execute("delete from cabin"); throw { ann }
    Uncaught { ann: Ship { id: 1, name: 'Ann', log: 'log of Ann', port: Port(Oslo), crew: [ Sailor(cy) ] } }`,
  ],
  [
    '41: what is serialized is as it is now, however deep',
    `${begin}
    > kiel.ships[0].crew[0].nick
    'al'
    > em.execute("update sailor set nick = 'bo'"); commit(); JSON.parse(JSON.stringify(kiel)).ships[0].crew[0].nick
    'bo'`,
  ],
  ...[
    '`${b}`',
    '[[b]] + ""',
    'b + ""',
    'b < "x"',
    'b == "x"',
    '({})[b]',
    '({ [b]: 1 })',
    'String(b)',
    '[b, b].join()',
    '[b].map(String)',
    '(() => `${b}`)()',
    'encodeURI(b)',
    'b.toString()',
    'b.name',
  ].map((look): Script => [
    `16: what ${look} finds not loaded, and its text does not say, is an error`,
    `${begin}
      > add(new Buoy(1, ann)); commit(); em.clear(); b = Buoy.query.one(); ${look}
      Uncaught NotLoaded: Ship.name is not loaded, and what calls this code cannot wait for the database
      > b.ship.name; String(${look}).length > 0
      true`,
  ]),
  [
    '16: a lazy field that is not loaded is an error for plain code also where its row is',
    `${begin}
    > em.clear(); ann = Ship.query.first(); [ann.name, ann.read('log')]
    Uncaught NotLoaded: Ship.log is not loaded, and what calls this code cannot wait for the database
    > ann.log; ann.read('log')
    'log of Ann'
    > new Ship('new').read('port')
    null`,
  ],
  ...(['name', 'port', 'log'] as const).map((name): Script => [
    `16: ${name} of what was never loaded is an error for plain code`,
    `${begin}
    > add(new Buoy(1, ann)); commit(); em.clear(); b = Buoy.query.one(); b.ofShip('${name}')
    Uncaught NotLoaded: Ship.${name} is not loaded, and what calls this code cannot wait for the database
    > read = new Function('b', 'name', 'return b.ship[name]'); read(b, '${name}')
    Uncaught NotLoaded: Ship.${name} is not loaded, and what calls this code cannot wait for the database
    > new Function('em', 'b', 'em.persist(b); em.assign(b, { no: 2 })')(em, b); JSON.stringify(b)
    '{"id":1,"no":2,"ship":1}'
    > b.ship.${name}; String(read(b, '${name}')).length > 2
    true`,
  ]),
  [
    '35: what is not loaded never keeps an entity from being printed or serialized',
    `${begin}
    > add(new Buoy(1, ann)); commit(); em.clear(); b = Buoy.query.one(); b
    Buoy { id: 1, no: 1, ship: <not loaded> }
    > add(new Lamp(ann)); commit(); em.clear(); Lamp.query.one()
    Lamp { id: 1, ship: <not loaded> }
    > lamp = Lamp.query.one(); lamp.ship.name; lamp
    Lamp(Ann)
    > em.clear(); b = Buoy.query.one(); console.assert(true, b); throw [b]
    Uncaught [ Buoy { id: 1, no: 1, ship: <not loaded> } ]
    > JSON.stringify([b, Ship.query.first()])
    '[{"id":1,"no":1,"ship":1},{"id":1,"name":"Ann","port":1}]'
    > Ship.query.first()
    Ship { id: 1, name: 'Ann', port: <not loaded>, crew: <not loaded> }
    > em.clear(); JSON.stringify(Sailor.query.first())
    '{"id":1,"nick":"al","ship":1}'
    > em.getReference(Cabin, 2)
    Cabin(B1 of Bea)`,
  ],
];

const classes = Object.fromEntries(harbor.map(type => [type.name, type]));
testScripts('functions of entities', scripts, dialects, classes);

describe.each(dialects)('what functions of entities read, on %s', dialect => {
  const options = { entities: harbor, ...(dialect === 'sqlite' ? { url: 'sqlite::memory:' } : {}) };

  it('15: is loaded with one query for a class, and not one for each row', async () => {
    await inSession(
      dialect,
      async (session, sql) => {
        const ports = [new Port('Kiel'), new Port('Rome')];
        const ships = [1, 2, 3].map(index => new Ship(`S${index}`, ports[index % 2]));
        session.addAll(ships.map((ship, index) => new Cabin(`A${index}`, ship)));
        session.addAll(ships.map((ship, index) => new Sailor(`s${index}`, ship)));
        await session.commit();
        session.em.clear();
        const cabins = await session.query(Cabin).all();
        for (const [look, queries] of [
          ['fields', 0],
          ['print', 1],
          ['print', 0],
          ['json', 0],
        ] as const) {
          sql.length = 0;
          await session.touch({ cabins }, look);
          expect([look, sql.length]).toEqual([look, queries]);
        }
        await session.commit();
        sql.length = 0;
        await session.touch(cabins, 'text');
        expect(sql.length).toBe(2);
        sql.length = 0;
        await session.touch(await session.query(Ship).all(), 'print');
        expect(sql.length).toBe(1);
      },
      options,
    );
  });

  it('15: of a key needs no query, nor does what is only asked whether it is there', async () => {
    await inSession(
      dialect,
      async (session, sql) => {
        session.add(new Cabin('A1', new Ship('Ann')));
        session.add(new Box('b', new Box('a')));
        await session.commit();
        session.em.clear();
        const [cabin] = await session.query(Cabin).all();
        sql.length = 0;
        expect([session.read(cabin, 'shipId'), sql.length]).toEqual([1, 0]);
      },
      options,
    );
  });
});
