// The numbers in the names are those of docs/session.md.
import { testScripts } from '../../../support/typed.ts';

const begin = `
  > k = new Country('k', 'K'); t = new Town('t', k); add(t); a = new Author('a'); b = new Book('b', a); add(b); commit(); [t.name, b.title, a.books.length]
  [ 't', 'b', 1 ]`;

testScripts('em.insert() and em.upsert() of classes that share a table', [
  [
    '22: write which class a row is of',
    `> em.insert(Cat, { name: 'c' }); em.insertMany(Dog, [{ name: 'd' }, { name: 'e' }]); em.upsert(Dog, { id: 7, name: 'f' }); em.upsertMany(Cat, [{ id: 8, name: 'g' }]).length
    1
    > Animal.query.orderBy('name').all().map(each => each.constructor.name + each.name)
    [ 'Catc', 'Dogd', 'Doge', 'Dogf', 'Catg' ]
    > em.upsert(Dog, { id: 7, name: 'h' }).name
    'h'
    > em.transactional(inner => inner.insert(Cat, { name: 'i' })); Cat.query.count()
    3`,
  ],
]);

testScripts('em.nativeDelete() and em.nativeUpdate()', [
  [
    '28: what is loaded of the rows that are deleted is detached, and can be added again',
    `${begin}
    > em.nativeDelete(Book, { title: 'b' })
    1
    > [session.has(b), b.title, a.books.length, session.dirty]
    [ false, 'b', 0, [] ]
    > b.title = 'c'; commit()
    nothing to commit
    > b.author = a; add(b); commit()
    committed 1 new (Book)
    > other('select title from book')
    [ { title: 'c' } ]`,
  ],
  [
    '18, 28: in the open transaction rollback() has it managed again',
    `${begin}
    > add(new Author('n')); flush(); b.title = 'c'; em.nativeDelete(Book, {})
    1
    > [session.has(b), a.books.length]
    [ false, 0 ]
    > rollback(); [session.has(b), b.title, a.books.length]
    [ true, 'b', 1 ]
    > b.title = 'd'; commit()
    committed 1 changed (Book)`,
  ],
  [
    '17, 28: the removal of one that is gone is done',
    `${begin}
    > remove(b); em.nativeDelete(Book, {}); commit()
    nothing to commit
    > [session.has(b), a.books.length]
    [ false, 0 ]`,
  ],
  [
    '28: em.transactional() does so when it has committed, and not if it fails',
    `${begin}
    > em.transactional(async inner => { await inner.nativeDelete(Book, {}); throw new Error('no') }).catch(error => error.message)
    'no'
    > [session.has(b), b.title, a.books.length]
    [ true, 'b', 1 ]
    > em.transactional(inner => inner.nativeDelete(Book, {})); [session.has(b), a.books.length]
    [ false, 0 ]
    > add(b); commit()
    committed 1 new (Book)`,
  ],
  [
    '34: the key of what is loaded is changed by assigning it',
    `${begin}
    > em.nativeUpdate(Country, { name: 'K' }, { code: 'l' })
    Uncaught BadArgument: nativeUpdate() would change the key of Country k, which the session has
    > em.transactional(inner => inner.nativeUpdate(Country, {}, { code: 'l' }))
    Uncaught BadArgument: nativeUpdate() would change the key of Country k, which the session has
    > em.clear(); em.nativeUpdate(Country, { name: 'K' }, { code: 'l' }); get(Country, 'l').name
    'K'`,
  ],
]);
