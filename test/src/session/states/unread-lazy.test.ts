// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

const fields = [
  { kind: 'a lazy field', type: 'Author', name: 'bio', before: "'a wrote'", show: (value: string) => value },
  {
    kind: 'a lazy field behind a reference',
    type: 'Guide',
    name: 'note',
    before: "'n'",
    show: (value: string) => `Ref<${value}>`,
  },
] as const;

const objects = { 'an object': 'get', 'a reference': 'em.getReference' };

const scripts = fields.flatMap(({ kind, type, name, before, show }) =>
  Object.entries(objects).flatMap(([what, find]) => {
    const begin = `
      > a = new Author('a'); g = new Guide('g'); g.note = 'n'; addAll([a, g]); commit()
      committed 2 new (Author, Guide)
      > em.clear(); o = ${find}(${type}, 1)`;
    const read = `other('select ${name} from ${type.toLowerCase()}')[0].${name}`;
    return ["'x'", 'null'].flatMap((value): Script[] => [
      [
        `40: ${value}, assigned to ${kind} of ${what} that was not read, is kept`,
        `${begin}
          > o.${name} = ${value}; session.dirty.length
          1
          > o.${name}
          ${show(value)}
          > commit()
          committed 1 changed (${type})
          > [o.${name}, ${read}]
          [ ${show(value)}, ${value} ]`,
      ],
      [
        `15, 40: ${value}, assigned to ${kind} of ${what} that was not read, is read again like any other once it is written`,
        `${begin}
          > o.${name} = ${value}; commit(); o.${name}
          ${show(value)}
          > o.${name} = ${value}; session.dirty
          []
          > other("update ${type.toLowerCase()} set ${name} = 'y'"); expire(o); o.${name}
          ${show("'y'")}
          > o.${name} = 'z'; flush(); rollback(); o.${name}
          ${show("'y'")}`,
      ],
      ...[value, "'z'"].map((again): Script => [
        `18, 40: ${value} and then ${again}, assigned to ${kind} of ${what} that was not read, are taken back`,
        `${begin}
            > o.${name} = ${value}; flush(); o.${name} = ${again}; rollback(); o.${name}
            ${show(before)}
            > nested(() => { o.${name} = ${value} }); o.${name} = ${again}; rollback(); [o.${name}, session.dirty]
            [ ${show(before)}, [] ]
            > commit()
            nothing to commit`,
      ]),
    ]);
  }),
);

const updated = ['0', 'g.title'].map((read): Script => {
  const what = read === '0' ? 'author, note of this Guide were' : 'Guide.note was';
  return [
    `17, 28: what update() has given a new object is never lost with its row, after ${read}`,
    `> g = new Guide('g'); add(g); Guide.query.update({ note: 'z' }); ${read}; Guide.query.delete()
    1
    > add(g)
    Uncaught ObjectDeleted: ${what} never read, and the row is deleted: a new one would be without ${read === '0' ? 'them' : 'it'}`,
  ];
});

testScripts('lazy fields that were never read', [...scripts, ...updated]);
