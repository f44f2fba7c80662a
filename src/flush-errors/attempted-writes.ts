import type { EntityMetadata } from '@mikro-orm/core';

export type AttemptedWrite = readonly [entity: object, change: 'new' | 'changed' | 'removed'];

/** What a flush that failed was writing, or a statement. */
export interface AttemptedWrites {
  written(): Iterable<AttemptedWrite>;
  /** The names of the fields that were to be written of an object; absent where they are not known. */
  fieldsOf?(entity: object): readonly string[];
  /** The rows that a statement was writing of which nothing is loaded. */
  readonly rows?: AttemptedRows;
}

export interface AttemptedRows {
  readonly change: 'changed' | 'removed';
  readonly meta: EntityMetadata;
  /** The condition that they meet. */
  readonly where: object;
}
