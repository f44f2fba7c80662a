/** Waits for work to end, but no longer than a time; the work goes on by itself afterwards. */
export async function withTimeout(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>(resolve => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
}
