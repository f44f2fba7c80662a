// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

const scripts: readonly Script[] = [
  [
    '18: rollback() says what the session said: lists that a removal takes the object out of are no more',
    `> t = new Tag('t'); b = new Book('b'); c = new Book('c'); b.tags.add(t); c.tags.add(t); addAll([b, c]); commit()
    committed 3 new (Book, Tag)
    > remove(t); session.uncommitted
    1 removed (Tag)
    > [...b.tags]
    []
    > session.uncommitted
    1 removed (Tag)
    > rollback()
    rolled back 1 removed (Tag)
    > [...b.tags][0] === t
    true`,
  ],
  [
    '18: rollback() says what the session said: new objects, expunged and added again around a commit that failed',
    `> add(new Tag('taken')); commit()
    committed 1 new (Tag)
    > n = new Tag('n'); m = new Tag('m'); addAll([n, m]); flush(); expunge(n); session.uncommitted
    2 new (Tag)
    > twin = new Tag('taken'); add(twin); commit()
    Uncaught UniqueViolation
    > expunge(twin); add(n); session.uncommitted
    2 new (Tag)
    > rollback()
    rolled back 2 new (Tag)
    > [n.id, m.id, session.new.length, Tag.query.count()]
    [ undefined, undefined, 0, 1 ]`,
  ],
];

testScripts('what rollback() says', scripts);
