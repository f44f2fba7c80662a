/**
 * Waits for work to end, but no longer than a time; the work goes on by itself afterwards.
 *
 * @returns whether it goes on
 */
export async function withTimeout(milliseconds: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>(resolve => (timer = setTimeout(() => resolve(true), milliseconds)));
  return Promise.race([work.then(() => false), tooLong]).finally(() => clearTimeout(timer));
}
