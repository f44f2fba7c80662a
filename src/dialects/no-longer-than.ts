/** Waits for work, but not longer than this; whether it fails does not matter. */
export async function noLongerThan(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise: tooLong, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work.catch(() => {}), tooLong]);
  clearTimeout(timer);
}
