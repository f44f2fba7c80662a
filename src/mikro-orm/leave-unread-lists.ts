import { Collection, ReferenceKind } from '@mikro-orm/core';
import { takeBack } from './collections.ts';

let areLeft = false;

type Propagate = (this: Collection<object>, item: object, how: 'add' | 'remove' | 'takeSnapshot') => void;

/**
 * Lets what is taken out of a many-to-many list be out of the list on the other side, too, if that was never loaded.
 * MikroORM puts it into such a list, and then does not take it out again: it would write a link that nothing shows.
 */
export function leaveUnreadLists(): void {
  if (areLeft) return;
  areLeft = true;
  const method = Reflect.get(Collection.prototype, 'propagate') as Propagate;
  Reflect.set(Collection.prototype, 'propagate', function (...[item, how]: Parameters<Propagate>) {
    Reflect.apply(method, this, [item, how]);
    const { kind, inversedBy, mappedBy } = this.property;
    if (how !== 'remove' || kind !== ReferenceKind.MANY_TO_MANY) return;
    const side: unknown = Reflect.get(item, inversedBy ?? mappedBy ?? '');
    if (side instanceof Collection && !side.isInitialized()) takeBack(side as Collection<object>, this.owner);
  } satisfies Propagate);
}
