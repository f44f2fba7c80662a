/**
 * Stops the clock for `Date`, and for the formatters of `Intl`, which read it themselves; timers go on.
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
  const releaseFormatters = freezeFormatters(now);
  return () => {
    replace(RealDate);
    releaseFormatters();
  };
}

/** Makes formatters take a fixed time where they are given none. */
function freezeFormatters(now: number): () => void {
  const { prototype } = Intl.DateTimeFormat;
  const format = Object.getOwnPropertyDescriptor(prototype, 'format');
  const parts = Object.getOwnPropertyDescriptor(prototype, 'formatToParts');
  if (!format || !parts) return () => undefined;
  const frozen = new WeakMap<Intl.DateTimeFormat, (date?: Date | number) => string>();
  Object.defineProperty(prototype, 'format', {
    ...format,
    get(this: Intl.DateTimeFormat) {
      const real = format.get?.call(this) as (date?: Date | number) => string;
      const known = frozen.get(this) ?? ((date?: Date | number) => real(date ?? now));
      frozen.set(this, known);
      return known;
    },
  });
  Object.defineProperty(prototype, 'formatToParts', {
    ...parts,
    value(this: Intl.DateTimeFormat, date?: Date | number): unknown {
      return Reflect.apply(parts.value as (date: Date | number) => unknown, this, [date ?? now]);
    },
  });
  return () => {
    Object.defineProperty(prototype, 'format', format);
    Object.defineProperty(prototype, 'formatToParts', parts);
  };
}
