export type AttemptedWrite = readonly [entity: object, change: 'new' | 'changed' | 'removed'];

/** What a flush that failed was writing. */
export interface AttemptedWrites {
  written(): Iterable<AttemptedWrite>;
}
