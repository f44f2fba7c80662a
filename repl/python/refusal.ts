/** Python that has no translation that does the same: why, and the TypeScript that comes nearest. */
export class Refusal extends Error {
  /** One line; empty if nothing is near. */
  readonly nearest: string;

  constructor(reason: string, nearest = '') {
    super(reason);
    this.nearest = nearest;
  }
}
