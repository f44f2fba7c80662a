/** Why standard output takes nothing more. */
let failure: NodeJS.ErrnoException | undefined;

/** Keeps errors of the standard streams from ending the program as errors that nobody takes; `flush` tells of them. */
export function takeStreamErrors(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => (failure ??= error));
  process.stderr.on('error', () => undefined);
}

/**
 * Waits until everything that was written has gone out.
 *
 * @returns why standard output takes nothing more, such as the EPIPE of a reader that has left; undefined while it does
 */
export async function flush(): Promise<NodeJS.ErrnoException | undefined> {
  await Promise.all(
    [process.stdout, process.stderr].map(stream => new Promise(done => stream.write('', done))),
  );
  return failure;
}
