import { hasKey, hasRow, metaOf, rowKeyPart } from '../mikro-orm/entity-state.ts';
import { entitiesOf, isMoving } from '../mikro-orm/identity-map.ts';
import { relationTime } from '../mikro-orm/relation-clock.ts';
import { hasRemoved, isPersisted, persistedEntities } from '../mikro-orm/staged.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';

/**
 * Calls of `merge()` one after another. Each would write first what is staged, to find it, and so look at all that is loaded:
 * within a run nothing is staged that could be the row of the next one, but for what the run has made itself.
 */
export class MergeRun {
  readonly #unit: UnitOfWork;
  /** New objects of the run, by their classes and keys. */
  readonly #made = new Map<string, object>();
  #time = -1;
  #staged = 0;
  /** Whether the call under way has written what is staged. */
  #isWritten = false;

  constructor(unit: UnitOfWork) {
    this.#unit = unit;
  }

  /** Writes what is staged, unless nothing could have been staged since the last call that is looked for now. */
  async begin(): Promise<void> {
    const { em } = this.#unit;
    const isGoingOn = this.#time === relationTime() && this.#staged === persistedEntities(em).size;
    this.#isWritten = !isGoingOn || hasRemoved(em);
    if (this.#isWritten) await this.#write();
  }

  /** Finds a row, in which an object that was assigned another key since may be. */
  async find<T extends object>(entity: T, find: () => Promise<T[]>): Promise<T | undefined> {
    const { em } = this.#unit;
    const [found] = await this.#unit.runRead(find);
    if (this.#isWritten) return found;
    const mayMove = found === undefined ? entitiesOf(em, metaOf(entity).root) : [found];
    if (!Array.from(mayMove).some(one => hasRow(one) && isMoving(em, one))) return found;
    await this.#write();
    return (await this.#unit.runRead(find))[0];
  }

  async #write(): Promise<void> {
    await this.#unit.flush('query');
    this.#made.clear();
  }

  /** The object that the run has made for a row. */
  made(entity: object): object | undefined {
    if (this.#made.size === 0 || !hasKey(entity)) return undefined;
    const row = nameOfRow(entity);
    const made = this.#made.get(row);
    return made && isPersisted(this.#unit.em, made) && nameOfRow(made) === row ? made : undefined;
  }

  end(made?: object): void {
    if (made !== undefined && hasKey(made)) this.#made.set(nameOfRow(made), made);
    this.#time = relationTime();
    this.#staged = persistedEntities(this.#unit.em).size;
  }
}

function nameOfRow(entity: object): string {
  const { root, primaryKeys } = metaOf(entity);
  const parts = primaryKeys.map(name => rowKeyPart(entity, name));
  return `${root.className} ${JSON.stringify(parts, text)}`;
}

function text(_: string, part: unknown): unknown {
  return typeof part === 'bigint' ? String(part) : part;
}
