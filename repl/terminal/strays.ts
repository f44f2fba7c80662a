/** Takes errors that nothing has caught, as of a timer, or of a promise that is not awaited. */
export class Strays {
  readonly #early: unknown[] = [];
  #report: ((error: unknown) => void) | undefined;

  constructor() {
    this.listen();
  }

  /** What is told of them from now on, and of those that came before. */
  set report(report: (error: unknown) => void) {
    this.#report = report;
    for (const error of this.#early.splice(0)) report(error);
  }

  /** Listens again, if a statement has removed all that listens. */
  listen(): void {
    if (!process.listeners('uncaughtException').includes(this.#take))
      process.on('uncaughtException', this.#take);
  }

  readonly #take = (error: unknown): void => {
    if (this.#report) this.#report(error);
    else this.#early.push(error);
  };
}
