import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { maskPassword } from '../../src/index.ts';

/** What a session prints, noted on its way to the screen. */
interface NotedOutput {
  /** @returns what came since it was last asked */
  readonly take: () => string;
  /** Ends it. */
  readonly release: () => void;
}

/** What a session prints, in place of the screen. */
export interface CapturedOutput extends NotedOutput {
  readonly console: Console;
}

/** Notes what is printed through the streams of the process, and prints it. */
export function teeOutput(): NotedOutput {
  return noteOutput(true);
}

/**
 * Catches what is printed through the console that it gives, and through the streams of the process. Once it is
 * released all of it goes to the screen.
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
