import { AsyncLocalStorage } from 'node:async_hooks';

/** What runs inside of one `nested()`, or outside of all of them. */
interface Level {
  readonly outer: Level | undefined;
  /** Ends when the last `nested()` that was called on this level does. */
  last: Promise<unknown>;
  isOver: boolean;
}

/**
 * Lets one `nested()` after another run on each level. Savepoints lie inside of one another: of two at once, the one that
 * ends first would take the other with it.
 */
export class Nesting {
  readonly #outermost: Level = { outer: undefined, last: Promise.resolve(), isOver: false };
  readonly #current = new AsyncLocalStorage<Level>();

  run<T>(work: () => Promise<T>): Promise<T> {
    let level = this.#current.getStore() ?? this.#outermost;
    while (level.isOver && level.outer !== undefined) level = level.outer;
    const inside: Level = { outer: level, last: Promise.resolve(), isOver: false };
    const turn = level.last
      .then(() => this.#current.run(inside, work))
      .finally(() => void (inside.isOver = true));
    level.last = turn.then(noop, noop);
    return turn;
  }
}

function noop(): void {}
