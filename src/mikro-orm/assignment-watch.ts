import {
  Collection,
  type EntityMetadata,
  type EntityProperty,
  helper,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { inspect } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import { noteAssigned } from './assigned-targets.ts';
import { readChosenLists } from './chosen-lists.ts';
import { clearOwners } from './clear-owners.ts';
import { enterList } from './enter-list.ts';
import { enterTarget, leaveTarget } from './enter-target.ts';
import { emptyDisplaced, placeTakenBy } from './taken-places.ts';
import { assertOfOwnClass } from './discriminators.ts';
import { displace } from './displaced-targets.ts';
import { convertReferences } from './reference-text.ts';
import { hasRow, isEntity, metaOf, targetOf } from './entity-state.ts';
import { assertInPlace } from './given-way.ts';
import { fillSide } from './filled-sides.ts';
import { asHeld } from './held-values.ts';
import { refusedAssignment } from './computed-fields.ts';
import { assertNoView, isView } from './views.ts';
import { link, tellAdded } from './links.ts';
import { checkListMembers } from './list-members.ts';
import { inheritSides } from './inherit-sides.ts';
import { keepTaken } from './keep-taken.ts';
import { leaveUnreadLists } from './leave-unread-lists.ts';
import { stageNothingInLetGoLists } from './let-go-lists.ts';
import { asKey, moveByKey } from './mapped-keys.ts';
import { makeNestedLists } from './nested-lists.ts';
import type { SqlEm } from './orm.ts';
import { tellOrphans } from './orphans.ts';
import { perClass } from './per-class.ts';
import { inheritReferrers } from './referrers.ts';
import { takeOutQuickly } from './take-out.ts';
import { watchUnreadLists } from './unread-lists.ts';
import { workQuietly } from './quiet-work.ts';
import { tick } from './relation-clock.ts';
import { followFilling } from './row-filling.ts';
import { makeUnasked } from './unasked-links.ts';
import { tellingMissing, tellingReads } from './unread-relations.ts';
import {
  isWatched,
  quietly,
  readWatcherOf,
  tellAssigned,
  watch,
  type Watcher,
  watcherOf,
  watcherOfStaged,
} from './watchers.ts';

const watching = new WeakSet<Set>();

/** Whether an assignment to a relation is what another one brings with it. */
let isPropagating = false;

function propagating(assign: () => void): void {
  const outer = isPropagating;
  isPropagating = true;
  try {
    assign();
  } finally {
    isPropagating = outer;
  }
}

type Set = (this: object, value: unknown) => void;

/**
 * Tells when a field of an entity is assigned. MikroORM has no event for that, but makes every field an accessor: those
 * of relations with another side once for a class, and the others when they are first assigned.
 */
export function watchAssignments(em: SqlEm, watcher: Watcher): void {
  watchUnreadLists();
  workQuietly();
  clearOwners();
  checkListMembers();
  readChosenLists();
  tellAdded();
  makeNestedLists();
  leaveUnreadLists();
  stageNothingInLetGoLists();
  takeOutQuickly();
  followFilling(em);
  convertReferences();
  inheritSides(em);
  inheritReferrers(em);
  const hydrator = em.config.getHydrator(em.getMetadata());
  const isFilling = () => hydrator.isRunning();
  watch(em, { ...watcher, isFilling });
  for (const meta of em.getMetadata().getAll().values()) {
    if (meta.embeddable || meta.virtual) continue;
    for (const prop of meta.relations) {
      const descriptor = Reflect.get(meta.definedProperties, prop.name) as PropertyDescriptor | undefined;
      if (descriptor?.set !== undefined) watchRelation(meta, prop, descriptor);
    }
    for (const name of watchedFields(meta))
      Object.defineProperty(
        meta.prototype,
        name,
        firstAssignment(name, fieldSetter(meta, name, isFilling), meta),
      );
    for (const prop of listsOf(meta))
      Object.defineProperty(meta.prototype, prop.name, firstAssignment(prop.name, listSetter(prop), meta));
  }
}

/**
 * Makes accessors of fields that a constructor has defined as they are, so that assignments to them are heard of. Fields
 * of a class are defined past what the prototype has.
 */
export function watchOwnFields(entity: object): void {
  const meta = metaOf(entity);
  for (const name of watchedNames(meta)) {
    // Most are accessors, of which nothing more is asked: a descriptor of each takes much memory.
    if (Reflect.apply(getterOf, entity, [name]) !== undefined) continue;
    const own = Object.getOwnPropertyDescriptor(entity, name);
    if (own === undefined || !('value' in own)) continue;
    Reflect.deleteProperty(entity, name);
    if (own.value === undefined) continue;
    // What the class gives a field that only the database fills is not assigned by anybody.
    if (refusedAssignment(meta, name) === undefined) Reflect.set(entity, name, own.value);
  }
}

/** Whether every assignment to a relation is heard of. Those to what is in a key, for example, are not. */
export function hearsAssigned(meta: EntityMetadata, name: string): boolean {
  let prototype: object | null = meta.prototype;
  while (prototype !== null && !Object.hasOwn(prototype, name)) prototype = Object.getPrototypeOf(prototype);
  return prototype !== null && Object.getOwnPropertyDescriptor(prototype, name)?.set !== undefined;
}

const watchedNames = perClass((meta): readonly string[] => [
  ...watchedFields(meta),
  ...listsOf(meta).map(({ name }) => name),
]);

const getterOf = Reflect.get(Object.prototype, '__lookupGetter__') as (this: object, name: string) => unknown;

function watchRelation(
  { prototype }: EntityMetadata,
  prop: EntityProperty,
  descriptor: PropertyDescriptor,
): void {
  const { name, kind, inversedBy } = prop;
  const set = Reflect.get(descriptor, 'set') as Set;
  if (watching.has(set)) return;
  descriptor.get = tellingReads(name);
  const assign: Set = function (value) {
    tick();
    if (kind === ReferenceKind.ONE_TO_ONE && readWatcherOf(this)?.isFilling() === true)
      return fillSide(this, prop, value);
    if (displace(this, prop, value, isFilled(this))) return tell(this, name);
    const before: unknown = Reference.unwrapReference(helper(this).__data[name] as object);
    // MikroORM takes the entity out of the collection that it leaves only if it enters another one.
    if (value == null && !isFilled(this) && kind === ReferenceKind.MANY_TO_ONE && inversedBy !== undefined) {
      const side: unknown = isEntity(before) ? Reflect.get(before, inversedBy) : undefined;
      if (side instanceof Collection) side.removeWithoutPropagation(this);
    }
    const target = targetOf(this, prop);
    // What em.create() makes is filled, too, and has no row.
    const isRead = isFilled(this) && helper(this).__managed;
    const isOwn = kind === ReferenceKind.ONE_TO_ONE && !isRead && !isPropagating;
    const place = isOwn ? placeTakenBy(this, prop, value) : undefined;
    if (!isFilled(this)) leaveTarget(this, prop);
    propagating(() => quietly(this, () => makeUnasked(() => Reflect.apply(set, this, [value]))));
    if (isOwn && place !== undefined && prop.owner) emptyDisplaced(place);
    if (isOwn) watcherOf(place?.owner ?? this)?.assignsPlace(this, prop, place);
    if (!isFilled(this)) {
      enterList(this, prop);
      enterTarget(this, prop, before);
      noteAssigned(this, prop);
      keepTaken(this, prop);
      tellOrphans(this, prop, target);
    }
    tell(this, name);
  };
  const watched: Set = function (value) {
    if (isFilled(this)) return Reflect.apply(assign, this, [value]);
    assertInPlace(this);
    if (value == null) return Reflect.apply(assign, this, [value]);
    tellTaken(this, prop, value);
    tellEntered(this, prop, value);
    link(this, prop, [value], () => Reflect.apply(assign, this, [value]));
  };
  descriptor.set = watched;
  watching.add(watched);
  // MikroORM takes the accessor off an entity to write a unique value last, and the one that it then makes tells nothing.
  Object.defineProperty(prototype, name, {
    get: tellingMissing(prototype, name),
    set(this: object, value: unknown) {
      Object.defineProperty(this, name, descriptor);
      Reflect.set(this, name, value);
    },
    configurable: true,
  });
}

/** What reads fields that were never assigned. */
const readers = new WeakSet();

const fields = new WeakMap<object, readonly string[]>();

/** The fields that MikroORM makes accessors of one by one. */
function watchedFields(meta: EntityMetadata): readonly string[] {
  const known = fields.get(meta);
  if (known !== undefined) return known;
  const found = meta.props
    .map(({ name }): string => name)
    .filter(name => {
      if (name in meta.definedProperties) return false;
      const own = Object.getOwnPropertyDescriptor(meta.prototype, name);
      // MikroORM makes none of what it does not write.
      if (own === undefined && !(name in meta.prototype)) return refusedAssignment(meta, name) !== undefined;
      const get: unknown = own && Reflect.get(own, 'get');
      return own?.set !== undefined && (get === undefined || readers.has(get as object));
    });
  fields.set(meta, found);
  return found;
}

function listsOf(meta: EntityMetadata): readonly EntityProperty[] {
  return meta.relations.filter(
    ({ kind }) => kind === ReferenceKind.ONE_TO_MANY || kind === ReferenceKind.MANY_TO_MANY,
  );
}

/** The accessor of a field becomes one of the entity itself when the field is first assigned, so that it is listed. */
function firstAssignment(
  name: string,
  set: Set,
  { properties, prototype }: EntityMetadata,
): PropertyDescriptor {
  const isStored = (Reflect.get(properties, name) as EntityProperty | undefined)?.persist !== false;
  const accessor: PropertyDescriptor = {
    get(this: object) {
      return helper(this)?.__data[name] as unknown;
    },
    set,
    enumerable: true,
    configurable: true,
  };
  const get = function (this: object): void {
    if (isStored && this !== prototype) readWatcherOf(this)?.readsField(this, name);
  };
  // Otherwise MikroORM puts another function in its place when it finds the class again.
  Reflect.set(get, '__guarded', true);
  readers.add(get);
  return {
    get,
    set(this: object, value: unknown) {
      Object.defineProperty(this, name, accessor);
      Reflect.apply(set, this, [value]);
    },
    configurable: true,
  };
}

function fieldSetter(meta: EntityMetadata, name: string, isFilling: () => boolean): Set {
  const isRefused = refusedAssignment(meta, name) !== undefined;
  const isOfView = isView(meta);
  const saysClass = name === meta.root.discriminatorColumn;
  const relation = meta.relations.find(prop => prop.name === name);
  return function (value) {
    if (saysClass && !isFilling() && !isFilled(this)) assertOfOwnClass(this, value);
    if (isOfView && watcherOf(this) !== undefined && !isFilling() && !isFilled(this)) assertNoView(meta);
    // The constructor of a new object may say that it has none.
    if (isRefused && !isFilling() && !isFilled(this) && (value != null || watcherOf(this) !== undefined))
      throw refusedAssignment(meta, name) as Error;
    if (!isFilled(this)) assertInPlace(this);
    if (relation !== undefined) tick();
    if (relation === undefined || isFilled(this)) return hold(this, name, value);
    if (relation.mapToPk === true) return holdKey(this, relation, value);
    if (value == null) return hold(this, name, value);
    tellTaken(this, relation, value);
    link(this, relation, [value], () => hold(this, name, value));
  };
}

/** A key that is assigned is a link to what has it. */
function holdKey(entity: object, prop: EntityProperty, given: unknown): void {
  const value = isEntity(given) ? given : asKey(prop, given);
  const before: unknown = helper(entity).__data[prop.name];
  if (value != null) tellTaken(entity, prop, value);
  const make = () => hold(entity, prop.name, asKey(prop, value));
  if (value == null) make();
  else link(entity, prop, [value], make);
  moveByKey(entity, prop, before, value);
}

function tellTaken(entity: object, prop: EntityProperty, value: unknown): void {
  const item: unknown = Reference.unwrapReference(value as object);
  if (isEntity(item)) watcherOfStaged(entity)?.takes(entity, prop, item);
}

/** What is detached comes into a list, or to the other side, of what it is to refer to, whether that was read or not. */
function tellEntered(entity: object, { inversedBy, targetMeta }: EntityProperty, value: unknown): void {
  const side: EntityProperty | undefined = targetMeta?.properties[inversedBy as never];
  const target: unknown = Reference.unwrapReference(value as object);
  if (side === undefined || !isEntity(target) || !hasRow(entity)) return;
  watcherOf(target)?.takes(target, side, entity);
}

function hold(entity: object, name: string, value: unknown): void {
  helper(entity).__data[name] = asHeld(entity, name, value);
  tell(entity, name);
}

/** A list that is assigned is what the collection is to hold. MikroORM would put another collection in its place. */
function listSetter(prop: EntityProperty): Set {
  return function (value) {
    const { __data: data, __meta: meta } = helper(this);
    if (value instanceof Collection && value.owner === this) {
      data[prop.name] = value;
      return;
    }
    const items = typeof value === 'object' ? (value as Iterable<object> | null) : null;
    if (items === null || !(Symbol.iterator in items))
      throw new MikroscopeError(
        'BadArgument',
        `${meta.className}.${prop.name} takes a list of ${prop.targetMeta?.className}, and got ${inspect(value, { depth: 0 })}`,
        '[] empties it.',
      );
    const list = (data[prop.name] ??= listFor(this, prop)) as Collection<object>;
    watcherOf(this)?.assignsList(list);
    list.set([...items]);
  };
}

function listFor(owner: object, prop: EntityProperty): Collection<object> {
  const list = new Collection<object>(owner);
  list.property = prop as never;
  return list;
}

function tell(entity: object, name: string): void {
  if (isWatched(entity) && !isFilled(entity)) tellAssigned(entity, name);
}

/** Whether a row fills the entity now. */
function isFilled(entity: object): boolean {
  return helper(entity).__processing || watcherOf(entity)?.isFilling() === true;
}
