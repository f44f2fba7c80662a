import type { Scenarios } from './scenario.ts';

const start = `
  u = User {name: "u", email: "e"}
  v = User {name: "v"}
  p = Post {title: "p", author: u}
  add u v p
  commit`;

/** Rollback, savepoints, autoflush, expiry, refresh, merge and expunge. */
export const transactions: Scenarios = {
  'a change that is rolled back before a flush': {
    script: `
      ${start}
      look u.email
      set u.email "x"
      states
      rollback
      show`,
  },
  'a change that is rolled back after a flush': {
    script: `
      ${start}
      set u.email "x"
      flush
      show
      rollback
      show
      set u.email "y"
      commit
      show`,
  },
  'a new object that is rolled back after a flush, and added again': {
    script: `
      ${start}
      w = User {name: "w"}
      add w
      flush
      rollback
      show
      add w
      commit
      show`,
  },
  'a removal that is rolled back before a flush': {
    script: `
      ${start}
      remove p
      states
      rollback
      show`,
  },
  'a removal that is rolled back after a flush': {
    script: `
      ${start}
      remove p
      flush
      states
      rollback
      show
      set p.title "x"
      commit
      show`,
  },
  'a new object that is removed in the same transaction': {
    script: `
      ${start}
      w = User {name: "w"}
      add w
      flush
      look w.email
      look w.profile
      remove w
      flush
      states
      commit
      show`,
  },
  'a new object that is removed in the same transaction, rolled back': {
    script: `
      ${start}
      w = User {name: "w"}
      add w
      flush
      remove w
      flush
      rollback
      show`,
  },
  'a savepoint that is kept': {
    script: `
      ${start}
      nested
        set u.email "x"
        w = User {name: "w"}
        add w
      end
      show
      commit
      show`,
  },
  'a savepoint that is undone': {
    script: `
      ${start}
      set v.email "outside"
      nested
        set u.email "x"
        w = User {name: "w"}
        add w
        flush
      undo
      show
      commit
      show`,
  },
  'a savepoint in a savepoint': {
    script: `
      ${start}
      nested
        set u.email "one"
        nested
          set v.email "two"
          remove p
        undo
        states
      end
      commit
      show`,
  },
  'a savepoint that is kept, and its transaction rolled back': {
    script: `
      ${start}
      nested
        set u.email "x"
        remove p
      end
      rollback
      show`,
  },
  'a removal in a savepoint that is undone': {
    script: `
      ${start}
      nested
        remove p
        flush
      undo
      show
      commit
      show`,
  },
  'a query writes what is staged first': {
    script: `
      ${start}
      w = User {name: "w"}
      add w
      set u.email "x"
      all User
      n = find User {email: "x"}
      is n u
      states
      rollback
      show`,
  },
  'a count writes what is staged first': {
    script: `
      ${start}
      look p.body
      remove p
      count Post
      states
      commit
      show`,
  },
  'a lazy load writes what is staged first': {
    script: `
      ${start}
      q = Post {title: "q", author: u}
      r = Post {title: "r"}
      add r
      set r.author u
      look u.posts
      states
      rollback
      show`,
  },
  'get() of a loaded object is that object': {
    script: `
      ${start}
      w = same u
      is u w
      set u.email "x"
      w = same u
      states
      commit
      show`,
  },
  'get() of an object that is removed and flushed': {
    script: `
      ${start}
      k = Country {code: "de", name: "Germany"}
      add k
      commit
      remove k
      flush
      w = get Country "de"
      is k w
      rollback
      w = get Country "de"
      is k w
      show`,
  },
  'a query does not overwrite what was assigned': {
    script: `
      ${start}
      look u.email
      set u.email "x"
      sql update users set email = 'other' where name = 'v'
      all User
      look u.email
      look v.email
      commit
      show`,
    differs: {
      '6: what has expired is read again with one query for its class': ['seen.3.saw: "other" → null'],
    },
  },
  'SQL that changes a row is not seen before it expires': {
    script: `
      ${start}
      set v.email "x"
      flush
      look u.email
      sql update users set email = 'sql' where name = 'u'
      look u.email
      all User
      look u.email
      expire u
      look u.email
      rollback
      look u.email`,
  },
  'refresh() reads the row again, and what was assigned is lost': {
    script: `
      ${start}
      look u.email
      set u.email "x"
      refresh u
      show
      commit
      show`,
  },
  'expire() takes an assignment back': {
    script: `
      ${start}
      look u.email
      set u.email "x"
      expire u
      states
      show
      commit
      show`,
  },
  'expire() of an object with a changed list': {
    script: `
      ${start}
      drop u.posts p
      expire u
      look u.posts
      show`,
  },
  'refresh() of an object whose row is gone': {
    script: `
      ${start}
      elsewhere delete from users where name = 'v'
      refresh v
      states`,
  },
  'a look at an object whose row is gone': {
    script: `
      ${start}
      elsewhere delete from users where name = 'v'
      look v.email
      states
      rollback
      states`,
  },
  'a change of a row that is gone': {
    script: `
      ${start}
      look v.email
      set v.email "x"
      commit
      elsewhere delete from users where name = 'v'
      set v.email "x"
      commit
      rollback
      states`,
    differs: {
      '36: the row is counted when it is written, and not read before': ['seen.1.error: "gone" → "stale"'],
    },
  },
  'expunge() of a persistent object': {
    script: `
      ${start}
      look u.email
      expunge u
      set u.email "x"
      states
      commit
      show`,
    differs: {
      '23: its row said what the other side of one to one is': [
        'seen.2.saw.memory.u.profile: "! detached" → null',
      ],
    },
  },
  'expunge() of a pending object': {
    script: `
      ${start}
      w = User {name: "w"}
      add w
      expunge w
      states
      commit
      show`,
  },
  'an expunged object is added again': {
    script: `
      ${start}
      look u.email
      expunge u
      set u.email "x"
      add u
      states
      commit
      show`,
  },
  'merge() of a detached object': {
    script: `
      ${start}
      look u.email
      expunge u
      set u.email "x"
      w = merge u
      is u w
      states
      commit
      show`,
    differs: {
      '23: its row said what the other side of one to one is': [
        'seen.3.saw.memory.u.profile: "! detached" → null',
      ],
    },
  },
  'merge() beside the loaded twin': {
    script: `
      ${start}
      look v.email
      expunge v
      set v.email "x"
      w = find User {name: "v"}
      is v w
      y = merge v
      is y w
      look w.email
      commit
      look w.email`,
  },
  'a failed commit is mended': {
    script: `
      ${start}
      w = User {name: "u"}
      add w
      commit
      python: rollback
      set w.name "w"
      python: add w
      commit
      show`,
  },
  'a failed flush leaves what was flushed before only in mikroscope': {
    script: `
      ${start}
      w = User {name: "u"}
      add w
      flush
      rollback
      show
      commit
      show`,
  },
  'a failed commit of a change, rolled back': {
    script: `
      ${start}
      look v.name
      set v.name "u"
      set u.email "x"
      commit
      rollback
      show
      commit
      show`,
  },
  'a missing value': {
    script: `
      ${start}
      r = Post {body: "b"}
      add r
      commit
      rollback
      states
      set r.title "r"
      add r
      commit
      show`,
  },
  'a member whose row of the join table is gone': {
    script: `
      ${start}
      t = Tag {name: "t"}
      s = Tag {name: "s"}
      append p.tags t
      append p.tags s
      commit
      set v.email "x"
      flush
      look p.tags
      sql delete from posts_tags where tag_id = 1
      drop p.tags t
      flush
      rollback
      show`,
  },
};
