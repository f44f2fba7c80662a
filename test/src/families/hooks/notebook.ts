import {
  Collection,
  defineEntity,
  type EntityClass,
  type EntityManager,
  type EventSubscriber,
  p,
  type ScalarReference,
} from '@mikro-orm/core';

/** What is called when one of the events happens. */
export type Hook = (args: { readonly em: EntityManager; readonly entity?: object }) => unknown;

/** The one hook that is at work. */
export const hook: { event: string; run: Hook } = { event: '', run: () => {} };

const call = (event: string) => (args: never) => {
  if (hook.event === event) return hook.run(args) as Promise<void>;
};

/** What happens to an entity, by what is done to it. */
export const entityEvents = {
  add: ['beforeCreate', 'afterCreate'],
  change: ['beforeUpdate', 'afterUpdate'],
  remove: ['beforeDelete', 'afterDelete'],
} as const;

export const flushEvents = ['beforeFlush', 'onFlush', 'afterFlush'] as const;

const hooks = Object.fromEntries(
  Object.values(entityEvents)
    .flat()
    .map(event => [event, [call(event)]]),
);

export const subscriber: EventSubscriber = Object.fromEntries(flushEvents.map(event => [event, call(event)]));

export class Shelf {
  declare id: number;
  declare name: string;
  declare notes: Collection<Note>;
  /** One that is taken out is removed. */
  declare labels: Collection<Label>;

  constructor(name: string) {
    this.name = name;
    this.notes = new Collection<Note>(this);
    this.labels = new Collection<Label>(this);
  }
}

export class Label {
  declare id: number;
  declare shelf: Shelf;

  constructor(shelf: Shelf) {
    this.shelf = shelf;
  }
}

export class Tag {
  declare id: number;
  declare name: string;
  declare notes: Collection<Note>;

  constructor(name: string) {
    this.name = name;
    this.notes = new Collection<Note>(this);
  }
}

export class Place {
  declare city: string;

  constructor(city: string) {
    this.city = city;
  }
}

export class Note {
  declare id: number;
  declare name: string;
  declare text: string | null;
  declare mark: string | null;
  declare shelf: Shelf | null;
  declare tags: Collection<Tag>;
  declare data: { words: string[] };
  declare at: Date;
  declare bytes: Uint8Array;
  declare home: Place;
  declare past: Place[];
  declare more: ScalarReference<string | null>;

  constructor(name: string) {
    this.name = name;
    this.tags = new Collection<Tag>(this);
    this.data = { words: [] };
    this.at = new Date('2020-01-02T03:04:05Z');
    this.bytes = new Uint8Array([1, 2]);
    this.home = new Place('Rome');
    this.past = [];
  }
}

export class Entry {
  declare id: number;
  declare text: string;

  constructor(text: string) {
    this.text = text;
  }
}

defineEntity({
  name: 'HookedShelf',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    notes: () => p.oneToMany(Note).mappedBy('shelf'),
    labels: () => p.oneToMany(Label).mappedBy('shelf').orphanRemoval(),
  },
}).setClass(Shelf);

defineEntity({
  name: 'HookedLabel',
  properties: { id: p.integer().primary(), shelf: () => p.manyToOne(Shelf) },
}).setClass(Label);

defineEntity({
  name: 'HookedTag',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    notes: () => p.manyToMany(Note).mappedBy('tags'),
  },
}).setClass(Tag);

defineEntity({ name: 'HookedPlace', embeddable: true, properties: { city: p.string() } }).setClass(Place);

defineEntity({
  name: 'HookedNote',
  hooks,
  properties: {
    id: p.integer().primary(),
    name: p.string().unique(),
    text: p.string().nullable(),
    mark: p.string().nullable(),
    shelf: () => p.manyToOne(Shelf).nullable(),
    tags: () => p.manyToMany(Tag).inversedBy('notes'),
    data: p.json<{ words: string[] }>(),
    at: p.datetime(),
    bytes: p.blob(),
    home: () => p.embedded(Place),
    past: () => p.embedded(Place).array(),
    more: p.string().nullable().ref(),
  },
}).setClass(Note);

defineEntity({
  name: 'HookedEntry',
  properties: { id: p.integer().primary(), text: p.string() },
}).setClass(Entry);

export const entities: readonly EntityClass<object>[] = [Shelf, Label, Tag, Note, Entry];
