/** The names of the temporaries of a function, all of which whatever writes that function declares. */
export class Temporaries extends Set<string> {
  readonly #taken: string[] = [];
  readonly #free: string[] = [];

  /**
   * @param prefix what their names begin with, before a number
   * @returns the name of one that nothing else uses
   */
  take(prefix: string): string {
    const name = this.#free.pop() ?? this.#next(prefix);
    this.add(name);
    this.#taken.push(name);
    return name;
  }

  /**
   * Writes what does not use its temporaries any more when it has run: what comes after it takes them again. The time that
   * V8 takes for a function grows with the square of their number.
   */
  during(write: () => string): string {
    const before = this.#taken.length;
    const written = write();
    this.#free.push(...this.#taken.splice(before).toReversed());
    return written;
  }

  #next(prefix: string): string {
    // Those that are parameters are not among them any more.
    let index = this.size;
    while (this.has(`${prefix}${index}`)) index++;
    return `${prefix}${index}`;
  }
}
