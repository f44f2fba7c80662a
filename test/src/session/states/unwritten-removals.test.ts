// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';
import { crates } from '../../fixtures/crates.ts';

const made = `
  > s = new Shelf('s'); c = new Crate('c', s); d = new Crate('d', s); j = new Jar('j', c); q = new Pin('q', c); n = new Note('n', c); z = new Seal('z', c)
  > c.lock = k = new Lock('k'); c.stickers.add(t = new Sticker('t')); addAll([s, c, d, j, q, n, z, new Shelf('twin')]); commit()
  committed 10 new (Crate, Jar, Lock, Note, Pin, Seal, Shelf, Sticker)
  > s.crates.length
  2
  > rows = () => other("select 'j', crate_id from jar union all select 'k', lock_id from crate where id = 1 and lock_id is not null union all select 'n', crate_id from note union all select 'q', crate_id from pin union all select 't', crate_id from crate_stickers union all select 'z', crate_id from seal").then(all => all.map(row => Object.values(row).join('')).sort().join(' '))
  > left = async () => [await Jar.query.count(), await Lock.query.count(), await Note.query.count(), await Pin.query.count(), await Sticker.query.count(), await Seal.query.count()].join('')`;

const looks = [
  [
    'was loaded',
    "> [c.jars, c.pins, c.notes, c.stickers].map(list => list.length).join() + c.seal.name\n'1,1,1,1z'",
  ],
  ['was not', '> 0\n0'],
] as const;

const refused = 'Uncaught UniqueViolation';

/** Ways in which what goes with a crate is found out, and is not written. */
const failures = [
  "remove(c); add(twin = new Shelf('twin')); commit()",
  "em.remove(c); add(twin = new Shelf('twin')); commit()",
  "s.crates.remove(c); add(twin = new Shelf('twin')); commit()",
  "c.shelf = null; add(twin = new Shelf('twin')); commit()",
  "remove(c); add(twin = new Shelf('twin')); em.flush()",
  "s.crates.remove(c); add(twin = new Shelf('twin')); em.flush()",
  "remove(c); add(twin = new Shelf('twin')); Shelf.query.count()",
  "s.crates.remove(c); add(twin = new Shelf('twin')); Shelf.query.count()",
  "remove(c); flush(); add(twin = new Shelf('twin')); commit()",
  "s.crates.remove(c); flush(); add(twin = new Shelf('twin')); commit()",
] as const;

/** Ways to have it back. */
const returns = ['add(c); c.shelf = s', 's.crates.add(c)', 'c.shelf = s', 's.crates = [c, d]'] as const;

/** What goes with the crate, and how it becomes another's in another session. */
const moves = [
  ['j', 'update jar set crate_id = 2', 'j2 n'],
  ['q', 'update pin set crate_id = 2', 'n q2'],
  ['n', 'update note set crate_id = 2', 'n2'],
  ['z', 'update seal set crate_id = 2', 'n z2'],
  ['k', 'update crate set lock_id = null where id = 1', 'n'],
  ['t', 'update crate_stickers set crate_id = 2', 'n t2'],
] as const;

const scripts = failures.flatMap((fail, i) =>
  // What was not loaded is read by the removal, whatever fails then.
  looks.slice(0, i < 3 ? 2 : 1).flatMap(([how, look]): Script[] => [
    ...returns
      // By a column of its own only what is an orphan is taken back.
      .filter(back => back !== 'c.shelf = s' || /^[sc]\.(?!.*; flush)/u.test(fail))
      .map((back): Script => [
        `11, 19, 38: what ${how} stays with what was to go: ${fail}; ${back}`,
        `${made}
          ${look}
          > ${fail}
          ${refused}
          > session.deleted.includes(c)
          true
          > expunge(twin); ${back}; session.deleted
          []
          > commit(); [left(), rows()]
          [ '111111', 'j1 k1 n1 q1 t1 z1' ]
          > [session.dirty.length, session.new.length, j.crate === c, q.crate === c, n.crate === c, z.crate === c].join()
          '0,0,true,true,true,true'`,
      ]),
    ...moves.map(([what, move, row]): Script => [
      `19, 38: what ${how} and has moved meanwhile stays: ${what}, ${fail}`,
      `${made}
        ${look}
        > ${fail}
        ${refused}
        > other("${move}")
        []
        > expunge(twin); commit() instanceof Object
        true
        > [session.has(c), session.has(${what}), rows()]
        [ false, true, '${row}' ]`,
    ]),
  ]),
);

const shown: Script = [
  '19: what goes with a removed object is still shown as removed',
  `${made}
  > remove(c); session.deleted.length
  6
  > add(twin = new Shelf('twin')); commit()
  ${refused}
  > [session.deleted.length, session.dirty.length]
  [ 6, 1 ]
  > flush()
  ${refused}
  > [session.deleted.length, session.dirty.length]
  [ 6, 1 ]`,
];

/** Ways to give what was to go with a crate to another one. */
const given = [
  'd.jars.add(j); d.pins.add(q); z.crate = d',
  'j.crate = q.crate = z.crate = d',
  'd.jars = [j]; d.pins.push(q); d.seal = z',
];

const kept: readonly Script[] = ['remove(c)', 'em.remove(c)', 's.crates.remove(c)'].flatMap(
  (removal): Script[] => [
    ...given.map((give): Script => [
      `11, 38: what was to go with an object stays once it is given to another one: ${removal}; ${give}`,
      `${made}
    > [c.jars, c.pins, d.jars, d.pins].map(list => list.length).join() + c.seal.name + d.seal
    '1,1,0,0znull'
    > ${removal}; ${give}; [j, q, z].some(one => session.deleted.includes(one))
    false
    > commit(); [j, q, z].every(one => session.has(one) && one.crate === d)
    true`,
    ]),
    ...(removal === 's.crates.remove(c)'
      ? ['']
      : ['', "; add(twin = new Shelf('twin')); await commit().catch(() => 0); expunge(twin)"]
    ).flatMap(fail =>
      ['add(c)', 's.crates.add(c)'].map((back): Script => [
        `11, 19, 38: what is new comes back with what it was to go with: ${removal}${fail}; ${back}`,
        `${made}
      > c.jars.length; c.jars.add(new Jar('new')); add(new Pin('pin', c)); ${removal}${fail}; session.new
      []
      > ${back}; session.new.map(({ name }) => name).sort().join()
      'new,pin'
      > commit(); [c.jars.length, c.pins.length]
      [ 2, 2 ]`,
      ]),
    ),
  ],
);

testScripts('removals that were not written', [...scripts, ...kept, shown], dialects, crates);
