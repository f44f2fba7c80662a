import { type Collection, ReferenceKind } from '@mikro-orm/core';
import { addBack, collectionsOf, takeBack } from '../mikro-orm/collections.ts';

type Change = 'added' | 'taken';
type ListChanges = Iterable<readonly [list: Collection<object>, members: ReadonlyMap<object, Change>]>;

/** What hooks and subscribers did to many-to-many lists in flushes that went through. If those are undone, so is this. */
export class HookLists {
  readonly #members = new Map<Collection<object>, Map<object, Change>>();

  record(changes: ListChanges): void {
    for (const [list, members] of changes) {
      const known = this.#members.get(list) ?? new Map<object, Change>();
      this.#members.set(list, known);
      for (const [member, change] of members) {
        const first = known.get(member);
        // What was added and taken out again is as it was.
        if (first !== undefined && first !== change) known.delete(member);
        else known.set(member, change);
      }
    }
  }

  absorb(later: HookLists): void {
    this.record(later.#members);
  }

  /** Takes back what is still so. */
  takeBack(): void {
    for (const [list, members] of this.#members)
      for (const [member, change] of members)
        if (list.contains(member, false) === (change === 'added'))
          if (change === 'added') takeBack(list, member);
          else addBack(list, [member]);
  }
}

/** Remembers what the many-to-many lists of objects hold. @returns what has been added and taken out since */
export function watchLists(entities: Iterable<object>): () => ListChanges {
  const lists = [...entities]
    .flatMap(collectionsOf)
    .filter(({ property }) => property.kind === ReferenceKind.MANY_TO_MANY);
  const held = lists.map(list => [list, new Set<object>(list.getItems(false))] as const);
  return () =>
    held.flatMap(([list, before]) => {
      const now = new Set<object>(list.getItems(false));
      const changes = new Map<object, Change>();
      for (const member of now) if (!before.has(member)) changes.set(member, 'added');
      for (const member of before) if (!now.has(member)) changes.set(member, 'taken');
      return changes.size === 0 ? [] : [[list, changes] as const];
    });
}
