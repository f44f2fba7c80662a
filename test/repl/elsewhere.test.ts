// The numbers in the names are those of docs/session.md.
import { harbor } from '../src/fixtures/harbor.ts';
import { dialects } from '../support/databases.ts';
import { type Script, testScripts } from '../support/typed.ts';

const begin = `
  > kiel = new Port('Kiel'); ann = new Ship('Ann', kiel); al = new Sailor('al', ann); addAll([al, new Cabin('A1', ann), new Buoy(1, ann)]); commit(); em.clear()`;

/** How to get a ship of another EntityManager, and to ask for something of it. */
const ways: readonly (readonly [string, (ask: string) => string])[] = [
  ['fork()', ask => `f = em.fork(); x = f.findOne(Ship, 1); ${ask}`],
  ['transactional()', ask => `em.transactional(f => { const x = f.findOne(Ship, 1); return ${ask} })`],
  [
    'transactional() and an async function',
    ask => `em.transactional(async f => { const x = await f.findOne(Ship, 1); return ${ask} })`,
  ],
];

const asks: readonly (readonly [ask: string, answer: string])[] = [
  ['x.port.name', "'Kiel'"],
  ['x.log', "'log of Ann'"],
  ['x.crew.map(({ nick }) => nick)', "[ 'al' ]"],
  ['x.crew[0].ship === x', 'true'],
  ['x.port.ships.length', '1'],
  ['x.label()', "'Ann/Kiel'"],
  ['x.nicks', "'al'"],
  ['`${f.findOne(Cabin, 1)}`', "'Cabin(A1 of Ann)'"],
  ['JSON.stringify(f.getReference(Cabin, 1))', '\'{"no":"A1","ship":"Ann"}\''],
  ['f.getReference(Port, 1).name', "'Kiel'"],
];

const scripts: readonly Script[] = [
  ...['`${b}`', "b.ofShip('name')", "b.ofShip('port')", "new Function('b', 'return b.ship.name')(b)"].map(
    (look): Script => [
      `16: what ${look} finds not loaded elsewhere is an error`,
      `${begin}
      > f = em.fork(); b = f.findOne(Buoy, 1); ${look}
      Uncaught NotLoaded: Ship.${look.includes('port') ? 'port' : 'name'} is not loaded, and what calls this code cannot wait for the database
      > b
      Buoy { id: 1, no: 1, ship: <not loaded> }
      > new Function('f', 'b', 'f.persist(b); f.assign(b, { no: 2 }); f.getReference(b.constructor, 2)')(f, b); JSON.stringify(b)
      '{"id":1,"no":2,"ship":1}'
      > f.flush(); b.ship.port; typeof ${look}
      ${look.includes('port') ? "'object'" : "'string'"}`,
    ],
  ),
  ...ways.flatMap(([way, write]) =>
    asks.map(([ask, answer]): Script => [
      `15: ${ask} of what comes from ${way}`,
      `${begin}
        > ${write(ask)}
        ${answer}`,
    ]),
  ),
  [
    '15: a row that is missing elsewhere is an error',
    `> em.fork().getReference(Port, 9).name
    Uncaught ObjectDeleted: Port 9 is not in the database`,
  ],
  [
    '8: reading elsewhere writes nothing that is staged',
    `${begin}
    > x = em.fork().findOne(Ship, 1); add(new Port('Rome')); [x.port.name, x.log, x.crew.length, session.inTransaction]
    [ 'Kiel', 'log of Ann', 1, false ]
    > commit()
    committed 1 new (Port)`,
  ],
];

testScripts(
  'entities of another EntityManager',
  scripts,
  dialects,
  Object.fromEntries(harbor.map(type => [type.name, type])),
);
