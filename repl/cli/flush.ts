import { fstatSync, writeSync } from 'node:fs';

/** Why standard output takes nothing more. */
let failure: NodeJS.ErrnoException | undefined;

/** Keeps errors of the standard streams from ending the program as errors that nobody takes; `flush` tells of them. */
export function takeStreamErrors(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => (failure ??= error));
  process.stderr.on('error', () => undefined);
  writeWhole(process.stdout);
}

/** Node.js does not look at how much a file takes of what is written at once: on a disk that gets full, the end was lost. */
function writeWhole(stream: typeof process.stdout): void {
  if (!fstatSync(stream.fd).isFile()) return;
  stream._write = (chunk: Uint8Array, _encoding, done) => {
    try {
      for (let at = 0; at < chunk.length;) at += writeSync(stream.fd, chunk, at);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
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
