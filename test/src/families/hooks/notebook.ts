import {
  Collection,
  defineEntity,
  type EntityClass,
  type EntityManager,
  type EventSubscriber,
  p,
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

  constructor(name: string) {
    this.name = name;
    this.notes = new Collection<Note>(this);
  }
}

export class Note {
  declare id: number;
  declare name: string;
  declare text: string | null;
  declare mark: string | null;
  declare shelf: Shelf | null;

  constructor(name: string) {
    this.name = name;
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
  },
}).setClass(Shelf);

defineEntity({
  name: 'HookedNote',
  hooks,
  properties: {
    id: p.integer().primary(),
    name: p.string().unique(),
    text: p.string().nullable(),
    mark: p.string().nullable(),
    shelf: () => p.manyToOne(Shelf).nullable(),
  },
}).setClass(Note);

defineEntity({
  name: 'HookedEntry',
  properties: { id: p.integer().primary(), text: p.string() },
}).setClass(Entry);

export const entities: readonly EntityClass<object>[] = [Shelf, Note, Entry];
