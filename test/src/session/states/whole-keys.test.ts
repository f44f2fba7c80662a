// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';
import { cards } from '../../fixtures/cards.ts';

testScripts(
  'a key that is one relation to a key of several columns',
  [
    [
      '33, 11: to read what it belongs to stages nothing',
      `
      > k = new Bank('de'); a = new Account(k, '1'); b = new Account(k, '2'); c = new Card(b, 'x'); addAll([a, c]); commit()
      committed 4 new (Account, Bank, Card)
      > a.card
      null
      > b.card === c
      true
      > k.accounts.map(x => x.no)
      [ '1', '2' ]
      > session.new
      []
      > em.clear(); c = Account.query.filterBy({ no: '2' }).one().card; c.pin
      'x'
      > c.account.card === c
      true
      > em.getReference(Card, ['de', '2']) === c
      true
      > commit()
      nothing to commit`,
    ],
    [
      '22, 15: what refers to it finds its row',
      `
      > c = new Card(new Account(new Bank('de'), '2'), 'x'); add(new Payment(c)); commit()
      committed 4 new (Account, Bank, Card, Payment)
      > em.clear(); y = Payment.query.one(); y.card.pin
      'x'
      > session.new
      []
      > y.card = null; commit()
      committed 1 changed (Payment)
      > em.execute('select card_account_no from payment')
      [ { card_account_no: null } ]`,
    ],
    [
      '33, 6: of what belongs to such a one, too, a row is one object, which is written and read again',
      `
      > h = new Chip(new Card(new Account(new Bank('de'), '2'), 'x'), 's'); add(h); commit()
      committed 4 new (Account, Bank, Card, Chip)
      > h.serial
      's'
      > Chip.query.one() === h
      true
      > h.serial = 't'; commit()
      committed 1 changed (Chip)
      > h.serial = 'u'; flush(); rollback(); h.serial
      't'
      > em.execute('select serial from chip')
      [ { serial: 't' } ]
      > em.clear(); h = Chip.query.one(); h.card.account.no
      '2'
      > remove(h); commit()
      committed 1 removed (Chip)`,
    ],
    [
      '34: a new key of what it belongs to is followed',
      `
      > h = new Chip(new Card(new Account(new Bank('de'), '2'), 'x'), 's'); add(h); commit(); em.clear()
      > h = Chip.query.one(); h.card.account.no = '3'; commit()
      committed 3 changed (Account, Card, Chip)
      > h.serial = 't'; h.card.pin = 'y'; commit()
      committed 2 changed (Card, Chip)
      > em.execute('select card_account_no, serial from chip')
      [ { card_account_no: '3', serial: 't' } ]
      > h.card.account.no = '4'; flush(); rollback(); h.card.account.no
      '3'
      > h.serial = 'u'; commit()
      committed 1 changed (Chip)`,
    ],
    [
      '18: what is read of a row that is undone with what it has in its key stages nothing, and leaves',
      `
      > k = new Bank('de'); add(k); commit()
      committed 1 new (Bank)
      > n = new Account(k, '9'); add(n); flush(); em.execute("insert into card (account_bank_code, account_no, pin) values ('de', '9', 'x')"); c = Card.query.one(); c.account === n
      true
      > rollback()
      rolled back 1 new (Account)
      > [session.new.length, session.has(c), session.has(n)]
      [ 0, false, false ]
      > add(n); n.card = new Card(n, 'y'); commit()
      committed 2 new (Account, Card)
      > em.execute('select pin from card')
      [ { pin: 'y' } ]`,
    ],
  ],
  dialects,
  cards,
);
