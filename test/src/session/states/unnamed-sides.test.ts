// The numbers in the names are those of docs/session.md.
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { testScripts } from '../../../support/typed.ts';

class Genre {
  declare id: number;
  declare name: string;

  constructor(name: string) {
    this.name = name;
  }
}

class Play {
  declare id: number;
  declare title: string;
  genres = new Collection<Genre>(this);

  constructor(title: string) {
    this.title = title;
  }
}

class Musical extends Play {
  declare songs: number | null;
}

defineEntity({ name: 'Genre', properties: { id: p.integer().primary(), name: p.string() } }).setClass(Genre);
const play = defineEntity({
  name: 'Play',
  discriminatorColumn: 'kind',
  discriminatorValue: 'play',
  properties: { id: p.integer().primary(), title: p.string(), genres: () => p.manyToMany(Genre).owner() },
});
play.setClass(Play);
defineEntity({
  name: 'Musical',
  extends: play,
  discriminatorValue: 'musical',
  properties: { songs: p.integer().nullable() },
}).setClass(Musical);

testScripts(
  'a many-to-many relation whose other side has no name',
  [
    [
      '2: nothing shows of the side that nobody has declared, also where the relation is of a class with subclasses',
      `> g = new Genre('g'); a = new Play('a'); b = new Musical('b'); a.genres.add(g); b.genres.add(g); addAll([a, b]); g
      Genre { name: 'g' }
      > commit(); [Object.keys(g), a.genres.length, b.genres[0] === g]
      [ [ 'name', 'id' ], 1, true ]
      > g
      Genre { id: 1, name: 'g' }
      > g.plays
      Uncaught UnknownProperty: Genre has no property 'plays'
      > Genre.query.filterBy({ plays: 1 })
      Uncaught UnknownProperty: Genre has no property 'plays'
      > em.clear(); [Play.query.populate('genres').all().map(({ genres }) => genres[0].name), Musical.query.filter({ genres: { name: 'g' } }).count()]
      [ [ 'g', 'g' ], 1 ]
      > a = get(Play, 1); a.genres.removeAll(); commit()
      committed 1 changed (Play)
      > remove(get(Genre, 1)); commit(); get(Musical, 2).genres.length
      0`,
    ],
  ],
  undefined,
  { Genre, Play, Musical },
);
