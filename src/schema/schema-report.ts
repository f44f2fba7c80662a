/**
 * What `createAll()` or `dropAll()` did. It prints as a sentence.
 *
 * @example
 * String(await session.createAll()); // 'created post, user'
 */
export class SchemaReport {
  readonly action: 'create' | 'drop';
  /** The names of the tables and views, in alphabetical order. */
  readonly tables: readonly string[];

  constructor(action: 'create' | 'drop', tables: readonly string[]) {
    this.action = action;
    this.tables = tables;
  }

  /** `created post, user`, or `nothing to create`. */
  toString(): string {
    if (this.tables.length === 0) return `nothing to ${this.action}`;
    return `${this.action === 'create' ? 'created' : 'dropped'} ${this.tables.join(', ')}`;
  }
}
