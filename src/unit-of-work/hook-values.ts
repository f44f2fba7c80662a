import type { EntityName, EventArgs, EventSubscriber } from '@mikro-orm/core';
import type { Values } from '../entity/values/values.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { registerOwn } from '../mikro-orm/project-hooks.ts';
import { fitEntity } from './fit-values.ts';

const EVENTS = ['beforeCreate', 'beforeUpdate'] as const;

/**
 * Looks at what hooks and subscribers of a project set just before a row is written, after everything that is staged was
 * looked at. MikroORM takes longer for classes that are subscribed to, so that it does so for those alone.
 */
export function fitHooks(em: SqlEm, values: Values): void {
  const hooked = [...em.getMetadata().getAll().values()].filter(meta =>
    EVENTS.some(event => (meta.hooks[event]?.length ?? 0) > 0),
  );
  const names: EntityName[] = hooked.map(meta => meta.class);
  const subscribers = [...em.getEventManager().getSubscribers()].filter(one =>
    EVENTS.some(event => event in one),
  );
  const subscribed = subscribers.map(one => one.getSubscribedEntities?.() ?? []);
  const isOfAll = subscribed.some(list => list.length === 0);
  if (names.length === 0 && subscribers.length === 0) return;
  registerOwn(em, new HookValues(em, values, isOfAll ? [] : [...names, ...subscribed.flat()]));
}

class HookValues implements EventSubscriber {
  readonly #em: SqlEm;
  readonly #values: Values;
  readonly #names: EntityName[];

  constructor(em: SqlEm, values: Values, names: EntityName[]) {
    this.#em = em;
    this.#values = values;
    this.#names = names;
  }

  getSubscribedEntities(): EntityName[] {
    return this.#names;
  }

  beforeCreate(args: EventArgs<object>): void {
    this.#fit(args);
  }

  beforeUpdate(args: EventArgs<object>): void {
    this.#fit(args);
  }

  #fit({ em, entity }: EventArgs<object>): void {
    if (em === this.#em) fitEntity(this.#em, this.#values, entity);
  }
}
