// The numbers in the names are those of docs/session.md.
import { testScripts } from '../../../support/typed.ts';
import { boxes } from '../../fixtures/boxes.ts';
import { dialects } from '../../../support/databases.ts';

const start =
  "> f = new Fleet('f'); u = new Unit('u', f); v = new Unit('v', f); addAll([f, u, v]); commit(); f.name";

testScripts(
  'what the session reads while em.transactional() runs a function',
  [
    [
      '15: what has expired, lists and references',
      `${start}
    'f'
    > commit()
    nothing to commit
    > em.transactional(async t => [f.units.length, f.name, u.fleet.name])
    [ 2, 'f', 'f' ]
    > session.expire(f); f.name = 'g'; em.transactional(async t => u.fleet.units.length)
    2
    > [session.inTransaction, session.dirty.length, f.name, String(commit())]
    [ false, 0, 'g', 'nothing to commit' ]`,
    ],
    [
      '8, 14: shows what is staged, and what the function has written',
      `${start}
    'f'
    > add(new Unit('n', f)); em.transactional(async t => { t.create(Unit, { name: 'm', fleet: f }); const n = f.units.length; await t.nativeDelete(Unit, { name: 'v' }); return [n, await session.query(Unit).count()] })
    [ 4, 3 ]
    > [commit(), f.units.map(({ name }) => name).sort()].map(String)
    [ 'nothing to commit', 'm,n,u' ]`,
    ],
    [
      '33: one row is one object, whoever reads it first',
      `${start}
    'f'
    > session.expunge(u); session.expunge(v); session.expire(f)
    > em.transactional(async t => { const all = await t.find(Unit, {}, { orderBy: { name: 1 } }); all[0].name = 'a'; return [f.units.length, all.every(each => f.units.contains(each))] })
    [ 2, true ]
    > commit(); em.clear(); f = get(Fleet, f.id)
    > em.transactional(async t => { const [a] = f.units.map(each => each); a.name = 'b'; const all = await t.find(Unit, {}); return [all.length, all.includes(a), a.name] })
    [ 2, true, 'b' ]
    > [session.dirty.length, f.units.map(({ name }) => name).sort(), em.execute("select count(*) as n from unit where name = 'b'")[0].n].map(String)
    [ '0', 'b,v', '1' ]`,
    ],
    [
      '19: nothing that was read is left of what was undone',
      `${start}
    'f'
    > em.transactional(async t => { await t.nativeUpdate(Fleet, { name: 'f' }, { name: 'x' }); await t.insert(Unit, { name: 'n', fleet: f.id }); session.expire(f); const seen = [f.name, f.units.length]; throw new Error(seen.join()) })
    Uncaught Error: x,3
    > [f.name, f.units.length, session.dirty.length, session.new.length, String(commit())]
    [ 'f', 2, 0, 0, 'nothing to commit' ]
    > em.transactional(async t => { const n = t.create(Unit, { name: 'n', fleet: f }); await t.flush(); const seen = f.units.length; throw new Error(seen) })
    Uncaught Error: 3
    > [f.units.length, session.new.length, session.query(Unit).count(), String(commit())]
    [ 2, 0, 2, 'nothing to commit' ]`,
    ],
    [
      '31: in the open transaction, and in one inside another',
      `${start}
    'f'
    > u.name = 'w'; flush(); session.expire(f)
    > em.transactional(async t => { await t.insert(Unit, { name: 'n', fleet: f.id }); return f.units.length })
    3
    > session.expire(f); em.transactional(async t => { await t.transactional(async s => { await s.insert(Unit, { name: 'm', fleet: f.id }); throw new Error(f.units.length) }).catch(error => seen = error.message); return [seen, f.units.length] })
    [ '4', 3 ]
    > [session.inTransaction, f.units.length, String(rollback()), f.units.length, u.name]
    [ true, 3, 'rolled back 1 changed (Unit)', 2, 'u' ]`,
    ],
  ],
  dialects,
  boxes,
);
