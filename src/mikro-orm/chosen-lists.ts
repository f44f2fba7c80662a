import { Collection, type EntityClass } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import type { SqlEm } from './orm.ts';
import { makeUnasked } from './unasked-links.ts';

type Validate = (this: Collection<object>, items: readonly unknown[]) => void;
type Hydrate = (this: Collection<object>, items: object[], ...how: [boolean?, boolean?, boolean?]) => void;
type Options = Readonly<Record<string, unknown>>;
type Matching = (this: Collection<object>, options: Options) => Promise<object[]>;

/** The lists that hold the members that somebody has chosen, as `matching()` with `store` or a limit does, and not all. */
const chosen = new WeakSet<Collection<object>>();

let isMade = false;

/**
 * Lets a list that holds chosen members hold all of them once it is read again, and be changed then. MikroORM marks such a
 * list as read-only for ever, so that it can never be read again, nor what has it; and `matching()` of a many-to-many list
 * flushes nothing before, so that it forgets what was added and removed.
 */
export function readChosenLists(): void {
  if (isMade) return;
  isMade = true;
  const validate = Reflect.get(Collection.prototype, 'validateModification') as Validate;
  Reflect.set(Collection.prototype, 'validateModification', function (items) {
    if (chosen.has(this))
      throw new MikroscopeError(
        'InvalidState',
        `${this.owner.constructor.name}.${this.property.name} holds only what was chosen of it, and cannot be changed`,
        'It holds everything again after a commit(), or expire() of its owner.',
      );
    Reflect.apply(validate, this, [items]);
  } satisfies Validate);
  const hydrate = Reflect.get(Collection.prototype, 'hydrate') as Hydrate;
  Reflect.set(Collection.prototype, 'hydrate', function (items, propagates, isPartial, isReadOnly) {
    chosen.delete(this);
    makeUnasked(() => Reflect.apply(hydrate, this, [items, propagates, isPartial]));
    if (isReadOnly === true) chosen.add(this);
  } satisfies Hydrate);
  const matching = Reflect.get(Collection.prototype, 'matching') as Matching;
  Reflect.set(Collection.prototype, 'matching', async function (options) {
    const { store, ...rest } = options;
    const em = Reflect.apply(Reflect.get(this, 'getEntityManager') as () => SqlEm, this, []);
    await em.tryFlush(this.property.targetMeta?.class as EntityClass<object>, rest);
    const items = await Reflect.apply(matching, this, [rest]);
    if (store !== true) return items;
    this.hydrate(items, true, true, true);
    Reflect.apply(Reflect.get(this, 'setSerializationContext') as (given: Options) => void, this, [rest]);
    this.populated();
    return items;
  } satisfies Matching);
}
