import type { Scenarios } from './scenario.ts';

const start = `
  u = User {name: "u", email: "e"}
  v = User {name: "v"}
  p = Post {title: "p", author: u}
  q = Post {title: "q", author: u}
  add u v p q
  commit`;

/** Both sides of relations, in every order. */
export const relations: Scenarios = {
  'the child names its parent before either is added': {
    script: `
      u = User {name: "u"}
      p = Post {title: "p", author: u}
      show
      add p
      show
      commit
      show`,
  },
  'the parent takes its child before either is added': {
    script: `
      u = User {name: "u"}
      p = Post {title: "p"}
      append u.posts p
      show
      add u
      show
      flush
      show
      rollback
      show`,
  },
  'a new child of a persistent parent': {
    script: `
      ${start}
      r = Post {title: "r", author: u}
      states
      show
      commit
      show`,
  },
  'a new child put into the list of an expired parent': {
    script: `
      ${start}
      r = Post {title: "r"}
      append u.posts r
      states
      rollback
      show`,
  },
  'a child that moves by its own side': {
    script: `
      ${start}
      look u.posts
      look v.posts
      set p.author v
      show
      commit
      show`,
  },
  'a child that moves by the list of its new parent': {
    script: `
      ${start}
      look u.posts
      append v.posts p
      show
      flush
      show
      rollback
      show`,
  },
  'a child that moves to a parent whose list was not loaded': {
    script: `
      ${start}
      set p.author v
      look v.posts
      look u.posts
      commit
      show`,
  },
  'a child that moves there and back': {
    script: `
      ${start}
      look u.posts
      set p.author v
      set p.author u
      states
      commit
      show`,
  },
  'a child that moves in two steps with a flush between': {
    script: `
      ${start}
      set p.author v
      flush
      look u.posts
      set p.author null
      flush
      show
      rollback
      show`,
  },
  'a list that is exchanged': {
    script: `
      ${start}
      r = Post {title: "r"}
      set u.posts [q r]
      show
      commit
      show`,
  },
  'a list that is exchanged and rolled back': {
    script: `
      ${start}
      r = Post {title: "r"}
      set u.posts [r]
      flush
      show
      rollback
      show`,
  },
  'a list that is emptied, and its members given to another': {
    script: `
      ${start}
      set v.posts [p q]
      show
      commit
      show`,
  },
  'a member taken out of a list and put back': {
    script: `
      ${start}
      drop u.posts p
      look p.author
      append u.posts p
      states
      commit
      show`,
  },
  'a new member taken out of a list before the flush': {
    script: `
      ${start}
      r = Post {title: "r"}
      append u.posts r
      drop u.posts r
      states
      commit
      show`,
  },
  'both sides of many to many': {
    script: `
      ${start}
      s = Tag {name: "s"}
      t = Tag {name: "t"}
      append p.tags s
      append t.posts p
      show
      commit
      show
      drop p.tags t
      append s.posts q
      show
      commit
      show`,
  },
  'many to many, rolled back after the flush': {
    script: `
      ${start}
      s = Tag {name: "s"}
      t = Tag {name: "t"}
      set p.tags [s t]
      commit
      set p.tags [t]
      append q.tags s
      flush
      show
      rollback
      show`,
  },
  'many to many, cleared from the other side': {
    script: `
      ${start}
      s = Tag {name: "s"}
      set p.tags [s]
      set q.tags [s]
      commit
      set s.posts []
      show
      commit
      show`,
  },
  'many to many, of which a member is removed': {
    script: `
      ${start}
      s = Tag {name: "s"}
      t = Tag {name: "t"}
      set p.tags [s t]
      commit
      remove s
      flush
      commit
      show`,
  },
  'many to many, of which the owner is removed': {
    script: `
      ${start}
      s = Tag {name: "s"}
      set p.tags [s]
      commit
      look p.body
      look p.tags
      look p.author
      remove p
      commit
      show`,
  },
  'many to many, exchanged for the same members': {
    script: `
      ${start}
      s = Tag {name: "s"}
      set p.tags [s]
      set q.tags [s]
      commit
      look s.posts
      look p.tags
      look q.tags
      set s.posts [q]
      set q.tags [s]
      states
      commit
      show`,
  },
  'one to one from the side with the column': {
    script: `
      ${start}
      b = Profile {bio: "b", user: u}
      show
      commit
      set b.user v
      show
      commit
      show`,
  },
  'one to one from the side without the column': {
    script: `
      ${start}
      b = Profile {bio: "b"}
      set u.profile b
      show
      commit
      show
      set u.profile null
      show
      commit
      show`,
  },
  'one to one that is exchanged': {
    script: `
      ${start}
      b = Profile {bio: "b", user: u}
      commit
      c = Profile {bio: "c"}
      set u.profile c
      show
      commit
      show`,
    differs: {
      '12: the other side changes with the assignment, and not with the flush': [
        'seen.0.saw.states.b: "persistent" → "persistent dirty"',
      ],
    },
  },
  'one to one that moves along': {
    script: `
      ${start}
      b = Profile {bio: "b", user: u}
      c = Profile {bio: "c"}
      add c
      commit
      look u.profile
      look v.profile
      look b.user
      look c.user
      set v.profile b
      set c.user u
      commit
      show`,
  },
  'one to one that moves along to a new one': {
    script: `
      ${start}
      b = Profile {bio: "b", user: u}
      commit
      look u.profile
      look b.user
      set b.user v
      c = Profile {bio: "c", user: u}
      commit
      show`,
  },
  'unique names that move along': {
    script: `
      ${start}
      look u.name
      look v.name
      set u.name "w"
      set v.name "u"
      commit
      show`,
  },
  'one to one, rolled back after the flush': {
    script: `
      ${start}
      b = Profile {bio: "b", user: u}
      commit
      set b.user v
      flush
      show
      rollback
      show`,
  },
  'a parent that is removed keeps its children': {
    script: `
      ${start}
      look u.profile
      remove u
      states
      commit
      show`,
    differs: {
      'The states of an object: what refers to an object lets go of it at remove()': [
        'seen.1.saw.p: "persistent" → "persistent dirty"',
        'seen.1.saw.q: "persistent" → "persistent dirty"',
      ],
    },
  },
  'a parent that is removed and rolled back': {
    script: `
      ${start}
      remove u
      flush
      rollback
      show`,
  },
};
