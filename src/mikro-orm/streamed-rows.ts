import type { EntityMetadata, MikroORM } from '@mikro-orm/core';
import { keyPartsOf, keyText, metaOf } from './entity-state.ts';
import { builderOf } from './given-references.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Row = Readonly<Record<string, unknown>>;
type Stream = (this: Builder, ...args: unknown[]) => AsyncIterable<unknown>;
type MapResult = (this: Builder, row: Row, ...rest: unknown[]) => unknown;
type Find = (data: object, meta: unknown, options: { refresh?: boolean }) => object | undefined;
type Merge = (meta: unknown, entity: object, data: object, ...rest: unknown[]) => void;
type Register = (entity: object, data?: object, ...rest: unknown[]) => object;

interface Builder {
  readonly em?: SqlEm;
  readonly mainAlias: { readonly meta: EntityMetadata };
}

/** What an EntityManager has read and written while one of its query builders streams. */
interface Since {
  streams: number;
  /** By the entity, when its row was last read or written. */
  readonly known: WeakMap<object, number>;
  /** By the text of its class and its key, when a row was deleted. */
  readonly gone: Map<string, number>;
}

/** In place of a row that is gone. */
const GONE = Symbol('gone');

const mended = new WeakSet<object>();
const followed = new WeakMap<object, Since>();
/** When the streams of builders began. */
const begun = new WeakMap<object, number>();
let now = 0;
/** When the stream began of which a row becomes an object. */
let reading: number | undefined;

/**
 * Keeps what was read or written while a query builder streams: its rows are as they were when it began, and MikroORM puts them
 * over that, and makes an object of a row that was deleted since.
 */
export function keepSinceStreams(orm: MikroORM): void {
  const builder = builderOf(orm);
  if (builder === undefined || mended.has(builder)) return;
  mended.add(builder);
  const stream = Reflect.get(builder, 'stream') as Stream;
  Reflect.set(builder, 'stream', async function* (this: Builder, ...args: unknown[]) {
    const since = this.em && follow(this.em);
    if (since === undefined) return yield* Reflect.apply(stream, this, args);
    since.streams++;
    begun.set(this, ++now);
    try {
      for await (const one of Reflect.apply(stream, this, args)) if (one !== GONE) yield one;
    } finally {
      since.streams--;
      if (since.streams === 0) since.gone.clear();
      begun.delete(this);
    }
  });
  const map = Reflect.get(builder, 'mapResult') as MapResult;
  Reflect.set(builder, 'mapResult', function (row, ...rest) {
    const began = begun.get(this);
    const since = this.em && followed.get(this.em);
    if (began === undefined || since === undefined || rest[0] === false)
      return Reflect.apply(map, this, [row, ...rest]);
    const { meta } = this.mainAlias;
    const parts = meta.primaryKeys.map(name => row[name]);
    if ((since.gone.get(keyTextIn(meta, parts)) ?? 0) > began) return GONE;
    const key: unknown = parts.flat(Infinity);
    const known = this.em?.getUnitOfWork().getById(meta.class, key, undefined, true) as object | undefined;
    if (known !== undefined && (since.known.get(known) ?? 0) > began) return known;
    reading = began;
    try {
      return Reflect.apply(map, this, [row, ...rest]);
    } finally {
      reading = undefined;
    }
  } satisfies MapResult);
}

function follow(em: SqlEm): Since {
  const known = followed.get(em);
  if (known !== undefined) return known;
  const since: Since = { streams: 0, known: new WeakMap(), gone: new Map() };
  followed.set(em, since);
  const isLater = (entity: object) => reading !== undefined && (since.known.get(entity) ?? 0) > reading;
  const uow = em.getUnitOfWork();
  replaceMethod<Register>(uow, 'register', register => (entity, data, ...rest) => {
    const registered = register(entity, data, ...rest);
    // What a row of the stream has filled is no newer than that.
    if (since.streams > 0 && data !== undefined && reading === undefined) {
      since.known.set(registered, ++now);
      since.gone.delete(keyTextIn(metaOf(registered), keyPartsOf(registered)));
    }
    return registered;
  });
  replaceMethod<(entity: object) => void>(uow, 'unsetIdentity', unset => entity => {
    if (since.streams > 0) since.gone.set(keyTextIn(metaOf(entity), keyPartsOf(entity)), ++now);
    unset(entity);
  });
  const factory = em.getEntityFactory();
  replaceMethod<Find>(factory, 'findEntity', find => (data, meta, options) => {
    const found = find(data, meta, options);
    if (found !== undefined && isLater(found)) options.refresh = false;
    return found;
  });
  replaceMethod<Merge>(factory, 'mergeData', merge => (meta, entity, data, ...rest) => {
    if (!isLater(entity)) merge(meta, entity, data, ...rest);
  });
  return since;
}

function keyTextIn({ root }: EntityMetadata, parts: readonly unknown[]): string {
  return `${root.className} ${keyText(parts.flat(Infinity))}`;
}
