/** What a flush that failed was writing. */
export interface AttemptedWrites {
  written(): Iterable<readonly [entity: object, change: 'new' | 'changed' | 'removed']>;
}
