import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { maskPassword } from '../../src/index.ts';

/** A record of what a session prints. */
interface NotedOutput {
  /** @returns what was printed since the last call */
  readonly take: () => string;
  /** Ends the recording. */
  readonly release: () => void;
}

/** A record of what a session prints while the screen gets nothing. */
export interface CapturedOutput extends NotedOutput {
  readonly console: Console;
}

/** Records what is printed through the streams of the process, and prints it. */
export function teeOutput(): NotedOutput {
  return noteOutput(true);
}

/**
 * Records what is printed through the streams of the process and through the console that it returns. Once it is
 * released, everything is printed on the screen again.
 */
export function captureOutput(): CapturedOutput {
  const noted = noteOutput(false);
  const sink = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      process.stdout.write(maskPassword(chunk));
      done();
    },
  });
  return { ...noted, console: new Console({ stdout: sink, stderr: sink, colorMode: false }) };
}

function noteOutput(pass: boolean): NotedOutput {
  let text = '';
  const restore = [process.stdout, process.stderr].map(stream => {
    const through = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      if (pass) return through(chunk, ...rest);
      const done = rest.at(-1);
      if (typeof done === 'function') process.nextTick(done);
      return true;
    };
    return () => (stream.write = through);
  });
  return {
    take() {
      const taken = text;
      text = '';
      return taken;
    },
    release() {
      for (const each of restore) each();
    },
  };
}
