/**
 * Stops the clock for `Date` alone; timers go on.
 *
 * @param time any time that `Date` can parse
 * @returns a function that lets the clock go on
 */
export function freezeClock(time: string): () => void {
  const RealDate = Date;
  const now = new RealDate(time).getTime();
  const frozen = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now] : args, newTarget) as Date,
    apply: () => new RealDate(now).toString(),
    get: (target, name, receiver) =>
      name === 'now' ? () => now : (Reflect.get(target, name, receiver) as unknown),
  });
  const replace = (date: DateConstructor) => {
    globalThis.Date = date;
    // The constructor of a date must be what typed code knows as `Date`.
    RealDate.prototype.constructor = date;
  };
  replace(frozen);
  return () => replace(RealDate);
}
