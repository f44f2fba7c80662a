import { Collection, Reference } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import { isEntity, nameOf } from './entity-state.ts';
import { assertInPlace } from './given-way.ts';
import { link } from './links.ts';
import { watcherOfStaged } from './watchers.ts';

type Assign = (this: Collection<object>, items: Iterable<unknown>) => void;
type Validate = (this: Collection<object>, items: readonly unknown[]) => void;

let isChecked = false;

/**
 * Refuses what is no object of the class that a list is of. MikroORM takes null, with which no flush can succeed, and objects
 * of any class, whose keys it then links.
 */
export function checkListMembers(): void {
  if (isChecked) return;
  isChecked = true;
  const validate = Reflect.get(Collection.prototype, 'validateModification') as Validate;
  Reflect.set(Collection.prototype, 'validateModification', function (items) {
    const { name, targetMeta } = this.property;
    assertInPlace(this.owner);
    for (const item of items) {
      const member: unknown = Reference.unwrapReference(item as object);
      if (targetMeta === undefined || member instanceof targetMeta.class) continue;
      throw new MikroscopeError(
        'BadArgument',
        `${this.owner.constructor.name}.${name} takes ${targetMeta.className} objects, and got ${shown(member)}`,
        member == null
          ? 'A query that finds nothing gives null.'
          : `new ${targetMeta.className}({ … }) makes one, get(${targetMeta.className}, key) finds one.`,
      );
    }
    Reflect.apply(validate, this, [items]);
    const watcher = watcherOfStaged(this.owner);
    if (watcher !== undefined)
      for (const item of items) watcher.takes(this.owner, this.property, item as object);
  } satisfies Validate);
  // It empties the list before it looks at what it is to hold.
  const set = Reflect.get(Collection.prototype, 'set') as Assign;
  Reflect.set(Collection.prototype, 'set', function (items) {
    if (typeof items !== 'object' || typeof items?.[Symbol.iterator] !== 'function')
      throw new MikroscopeError(
        'BadArgument',
        `${this.owner.constructor.name}.${this.property.name}.set() takes a list, and got ${shown(items)}`,
        'Write set([user]) for one, and read a query before: set(User.query.all()).',
      );
    const all = [...items];
    Reflect.apply(Reflect.get(this, 'validateModification') as Validate, this, [all]);
    link(this.owner, this.property, all, () => Reflect.apply(set, this, [all]));
  } satisfies Assign);
}

function shown(value: unknown): string {
  return isEntity(value) ? nameOf(value) : inspect(value, { depth: 0, breakLength: Infinity });
}
