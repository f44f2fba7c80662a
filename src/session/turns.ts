/**
 * Lets one piece of work at a time use the unit of work. Two at once would begin two transactions, and on
 * SQLite's one connection the second would wait forever.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    // Not the turn itself: its result would be kept until the next.
    this.#last = turn.then(noop, noop);
    return turn;
  }
}

function noop(): void {}
