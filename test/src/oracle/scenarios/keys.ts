import type { Scenarios } from './scenario.ts';

const start = `
  de = Country {code: "de", name: "Germany"}
  fr = Country {code: "fr", name: "France"}
  u = User {name: "u"}
  v = User {name: "v"}
  m = Mark {user: u, course: "math", value: 1}
  add de fr u v m
  commit`;

/** Identity, keys that change, versions, and bulk changes. */
export const keys: Scenarios = {
  'a natural key that changes': {
    script: `
      ${start}
      set de.code "dd"
      states
      flush
      w = get Country "de"
      x = get Country "dd"
      is x de
      commit
      show`,
  },
  'a key that changes beside a new row that refers to it': {
    script: `
      ${start}
      set v.id 50
      p = Post {title: "p", author: v}
      add p
      commit
      w = get User 50
      is w v
      show`,
  },
  'a detached object that is referred to again': {
    script: `
      ${start}
      p = Post {title: "p", author: u}
      add p
      commit
      expunge v
      set v.name "w"
      set p.author v
      states
      commit
      show`,
  },
  'a natural key that changes and is rolled back': {
    script: `
      ${start}
      set de.code "dd"
      flush
      rollback
      w = get Country "de"
      is w de
      x = get Country "dd"
      show`,
  },
  'a natural key that changes in a savepoint that is undone': {
    script: `
      ${start}
      nested
        set de.code "dd"
        flush
      undo
      w = get Country "de"
      is w de
      show
      commit
      show`,
  },
  'a natural key that becomes one that is taken': {
    script: `
      ${start}
      set de.code "fr"
      commit
      rollback
      show
      commit
      show`,
  },
  'a key of two parts, of which one changes': {
    script: `
      ${start}
      set m.course "art"
      commit
      show`,
  },
  'a key of two parts, of which the relation changes': {
    script: `
      ${start}
      set m.user v
      states
      commit
      show`,
  },
  'a key of two parts, of which the relation changes, rolled back': {
    script: `
      ${start}
      set m.user v
      flush
      show
      rollback
      show`,
  },
  'a new object of a key that was removed and flushed': {
    script: `
      ${start}
      remove de
      flush
      new = Country {code: "de", name: "new"}
      add new
      flush
      w = get Country "de"
      is w new
      states
      commit
      states`,
  },
  'a new object of a key that was removed and flushed, rolled back': {
    script: `
      ${start}
      remove de
      flush
      new = Country {code: "de", name: "new"}
      add new
      flush
      rollback
      w = get Country "de"
      is w de
      show`,
  },
  'a new object of a key that is removed in the same flush': {
    script: `
      ${start}
      remove de
      new = Country {code: "de", name: "new"}
      add new
      commit
      w = get Country "de"
      states`,
  },
  'a twin of a loaded object is refused, and rolled back': {
    script: `
      ${start}
      look de.name
      twin = Country {code: "de", name: "twin"}
      add twin
      commit
      rollback
      w = get Country "de"
      is w de
      show
      set de.name "x"
      commit
      show`,
  },
  'a twin that is expunged': {
    script: `
      ${start}
      look de.name
      twin = Country {code: "de", name: "twin"}
      add twin
      expunge twin
      w = get Country "de"
      is w de
      set de.name "x"
      commit
      show`,
  },
  'a version counts changes': {
    script: `
      d = Doc {title: "d"}
      add d
      commit
      set d.title "x"
      flush
      show
      set d.title "y"
      commit
      show`,
  },
  'a version that is rolled back': {
    script: `
      d = Doc {title: "d"}
      add d
      commit
      set d.title "x"
      flush
      rollback
      show
      set d.title "y"
      commit
      show`,
  },
  'a version that somebody else counted': {
    script: `
      d = Doc {title: "d"}
      add d
      commit
      look d.title
      t = Tag {name: "opens"}
      add t
      flush
      set d.title "mine"
      sql update docs set version = 7
      flush
      rollback
      show`,
  },
  'a versioned object that is removed after somebody else changed it': {
    script: `
      d = Doc {title: "d"}
      add d
      commit
      look d.title
      t = Tag {name: "opens"}
      add t
      flush
      remove d
      sql update docs set version = 7
      flush
      rollback
      show`,
  },
  'update() beside loaded objects': {
    script: `
      ${start}
      look de.name
      update Country {code: "de"} {name: "bulk"}
      look de.name
      states
      rollback
      show`,
  },
  'update() writes what is staged first': {
    script: `
      ${start}
      look fr.name
      set fr.name "staged"
      update Country {name: "staged"} {name: "bulk"}
      show
      commit
      show`,
  },
  'delete() beside loaded objects, rolled back': {
    script: `
      ${start}
      look de.name
      delete Country {code: "de"}
      count Country
      rollback
      show`,
  },
  'delete() beside loaded objects': {
    script: `
      ${start}
      look de.name
      delete Country {code: "de"}
      commit
      w = get Country "de"
      count Country`,
  },
  'an object of a query after another query is the same': {
    script: `
      ${start}
      w = find Country {name: "Germany"}
      is w de
      x = get Country "de"
      is x de
      rollback
      x = get Country "de"
      is x de`,
  },
  'a removed object that is added again after the flush': {
    script: `
      ${start}
      look de.name
      remove de
      flush
      python: transient de
      add de
      states
      commit
      w = get Country "de"
      is w de
      show`,
  },
  'a removed object that is added again after the commit': {
    script: `
      ${start}
      look de.name
      remove de
      commit
      python: transient de
      add de
      states
      flush
      show
      rollback
      states
      w = get Country "de"`,
  },
  'a removed object that is added again after the flush, rolled back': {
    script: `
      ${start}
      look de.name
      remove de
      flush
      python: transient de
      add de
      set de.name "again"
      flush
      rollback
      python: w = get Country "de"
      count Country`,
  },
  'a parent that is removed and added again with its children': {
    script: `
      ${start}
      look v.name
      p = Post {title: "p", author: v}
      commit
      look v.posts
      look p.title
      remove p
      flush
      python: transient p
      add p
      states
      commit
      look v.posts
      look p.author`,
  },
  'keys that are exchanged': {
    script: `
      ${start}
      look de.name
      look fr.name
      set de.code "xx"
      flush
      set fr.code "de"
      flush
      set de.code "fr"
      commit
      show
      w = get Country "de"
      is w fr
      rollback
      x = get Country "fr"
      is x de`,
  },
  'keys that are exchanged and rolled back': {
    script: `
      ${start}
      look de.name
      look fr.name
      set de.code "xx"
      flush
      set fr.code "de"
      flush
      rollback
      w = get Country "de"
      is w de
      x = get Country "fr"
      is x fr
      show`,
  },
  'identity after a rollback of everything': {
    script: `
      ${start}
      n = Country {code: "nn", name: "new"}
      add n
      flush
      w = get Country "nn"
      is w n
      rollback
      w = get Country "nn"
      states
      add n
      commit
      w = get Country "nn"
      is w n
      show`,
  },
  'identity after a savepoint': {
    script: `
      ${start}
      nested
        n = Country {code: "nn", name: "new"}
        add n
        flush
      undo
      w = get Country "nn"
      states
      m2 = Country {code: "nn", name: "other"}
      add m2
      commit
      w = get Country "nn"
      is w m2
      show`,
  },
  'a removed object that is added again before the flush': {
    script: `
      ${start}
      remove de
      add de
      states
      commit
      show`,
  },
};
