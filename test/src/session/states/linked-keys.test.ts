// The numbers in the names are those of docs/session.md.
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Patient {
  declare id: number;
  declare name: string;
  declare card: Card | null;
  visits = new Collection<Visit>(this);
  stays = new Collection<Stay>(this);

  constructor(name: string) {
    this.name = name;
  }
}

/** Its key is the patient. */
class Card {
  declare patient: Patient;
  declare text: string;

  constructor(patient: Patient) {
    this.patient = patient;
    this.text = 't';
  }
}

/** The patient is a part of its key. */
class Visit {
  declare patient: Patient;
  declare no: number;

  constructor(patient: Patient, no: number) {
    this.patient = patient;
    this.no = no;
  }
}

/** As a visit, and the database deletes it with the patient. */
class Stay {
  declare patient: Patient;
  declare no: number;

  constructor(patient: Patient, no: number) {
    this.patient = patient;
    this.no = no;
  }
}

defineEntity({
  name: 'Patient',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    card: () => p.oneToOne(Card).mappedBy('patient').nullable(),
    visits: () => p.oneToMany(Visit).mappedBy('patient'),
    stays: () => p.oneToMany(Stay).mappedBy('patient'),
  },
}).setClass(Patient);

defineEntity({
  name: 'Card',
  properties: { patient: () => p.oneToOne(Patient).inversedBy('card').primary().owner(), text: p.string() },
}).setClass(Card);

defineEntity({
  name: 'Visit',
  properties: { patient: () => p.manyToOne(Patient).primary(), no: p.integer().primary() },
}).setClass(Visit);

defineEntity({
  name: 'Stay',
  properties: {
    patient: () => p.manyToOne(Patient).primary().deleteRule('cascade'),
    no: p.integer().primary(),
  },
}).setClass(Stay);

const clinic = { Patient, Card, Visit, Stay };

/** How a new object is given to a removed one. */
const given: readonly (readonly [string, string, string])[] = [
  ['by a key of one to one', 'p.card', 'n = new Card(p)'],
  ['by a part of its key', 'p.visits.length', 'n = new Visit(p, 1)'],
  ['by the list of those', 'p.visits.length', 'n = new Visit(null, 1); n.patient = p'],
];

/** Takes what has a patient in its key from that. */
const takings: readonly (readonly [string, string])[] = [
  ['remove()', 'remove(v)'],
  ['removeAll()', 'removeAll()'],
  ['set()', 'set([])'],
];

const scripts: readonly Script[] = [
  [
    '17: what leaves the list of a new object again has no owner',
    `> x = new Patient('x'); v = new Visit(x, 1); add(v); commit(); y = new Patient('y'); y.visits.push(v); y.visits.remove(v)
    1
    > [v.patient, y.visits.length]
    [ null, 0 ]
    > commit()
    Uncaught MissingValue: Visit.patient has no value, and it needs one
    > v.patient = x; commit(); [v.patient === x, x.visits.length]
    [ true, 1 ]`,
  ],
  ...['x.name', 'expire(x); x.name', 'refresh(x)', 'em.refresh(x)'].map((read): Script => [
    `40: what is new is on the other side of its key once that is read: ${read}`,
    `> x = new Patient('x'); add(x); commit(); k = new Card(x); add(k); ${read}; x.card === k
    true
    > rollback(); x.card
    null
    > k = new Card(x); add(k); expunge(k); ${read}; x.card
    null
    > commit()
    nothing to commit`,
  ]),
  ...given.flatMap(([what, load, make]) =>
    ['', 'flush(); '].map((write): Script => [
      `18: rollback() does not give a new object to what comes back, ${what}${write && ', flushed'}`,
      `> p = new Patient('p'); add(p); commit(); ${load}; remove(p); ${write}${make}; rollback()
      rolled back 1 removed (Patient)
      > commit()
      nothing to commit
      > [session.new, p.card, p.visits.length, n.patient === p]
      [ [], null, 0, true ]`,
    ]),
  ),
  ...['visits', 'stays'].flatMap(list =>
    takings.map(([what, call]): Script => [
      `12: what leaves a list of what it has in its key has no key: ${what} of ${list}`,
      `> p = new Patient('p'); v = new ${list === 'visits' ? 'Visit' : 'Stay'}(p, 1); add(v); commit(); p.${list}.length
      1
      > p.${list}.${call}; [v.patient, p.${list}.length, session.dirty.length]
      [ null, 0, 1 ]
      > commit()
      Uncaught MissingValue: ${list === 'visits' ? 'Visit' : 'Stay'}.patient has no value, and it needs one
      > [v.patient, p.${list}.length]
      [ null, 0 ]
      > rollback(); [v.patient === p, p.${list}.length]
      [ true, 1 ]
      > p.${list}.${call}; q = new Patient('q'); q.${list}.add(v); add(q); commit()
      committed 1 new (Patient), 1 changed (${list === 'visits' ? 'Visit' : 'Stay'})
      > p.${list} = []; q.${list} = []; remove(v); commit()
      committed 1 removed (${list === 'visits' ? 'Visit' : 'Stay'})`,
    ]),
  ),
  [
    '12: so has what leaves the other side of a one-to-one relation',
    `> p = new Patient('p'); k = new Card(p); add(k); commit(); p.card.text
    't'
    > p.card = null; [k.patient, session.dirty.length]
    [ null, 1 ]
    > commit()
    Uncaught MissingValue: Card.patient has no value, and it needs one
    > rollback(); [p.card === k, k.patient === p]
    [ true, true ]`,
  ],
];

testScripts('what is linked by its key', scripts, dialects, clinic);
