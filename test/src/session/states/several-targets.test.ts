// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { testScripts } from '../../../support/typed.ts';
import { dialects } from '../../../support/databases.ts';

const songSchema = defineEntity({
  name: 'Song',
  properties: { id: p.integer().primary(), name: p.string() },
});
class Song extends songSchema.class {}
songSchema.setClass(Song);

const filmSchema = defineEntity({
  name: 'Film',
  properties: { id: p.integer().primary(), name: p.string() },
});
class Film extends filmSchema.class {}
filmSchema.setClass(Film);

const likeSchema = defineEntity({
  name: 'Like',
  properties: {
    id: p.integer().primary(),
    what: () => p.manyToOne([Song, Film]).nullable(),
  },
});
class Like extends likeSchema.class {}
likeSchema.setClass(Like);

testScripts(
  'a relation to one of several classes',
  [
    [
      '38: what is removed is not inserted again by what referred to it',
      `> s = em.create(Song, { name: 's' }); f = em.create(Film, { name: 'f' }); l = em.create(Like, { what: s }); addAll([s, f, l]); commit(); [s.name, l.what === s, f.name]
      [ 's', true, 'f' ]
      > remove(s); commit()
      committed 1 removed (Song)
      > f.name = 'g'; commit()
      committed 1 changed (Film)
      > [Song.query.count(), get(Song, s.id), Like.query.count()]
      [ 0, null, 1 ]`,
    ],
    ...['f', 'null', '1'].map((given): [string, string] => [
      `29: is refused by update(), which would leave one of its columns: ${given}`,
      `> s = em.create(Song, { name: 's' }); f = em.create(Film, { name: 'f' }); l = em.create(Like, { what: s }); commit()
        committed 3 new (Film, Like, Song)
        > Like.query.update({ what: ${given} })
        Uncaught BadArgument: Like.what may refer to several classes, and update() writes only one of its columns
        > [l.what === s, session.dirty.length]
        [ true, 0 ]`,
    ]),
  ],
  dialects,
  { Song, Film, Like },
);
