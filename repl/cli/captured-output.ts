import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { maskPassword } from '../../src/index.ts';
import { literalText } from '../transcript/run/printed-lines.ts';

/** A record of what a session prints. */
interface NotedOutput {
  /** @returns what was printed since the last call, as literal text but for what was reported */
  readonly take: () => string;
  /** Ends the recording. */
  readonly release: () => void;
}

/** A record of what a session prints while the screen gets nothing. */
export interface CapturedOutput extends NotedOutput {
  readonly console: Console;
  /** Records a line of the shell itself about an error that nothing waited for. */
  readonly report: (line: string) => void;
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

function noteOutput(pass: boolean): Omit<CapturedOutput, 'console'> {
  let text = '';
  let reported = '';
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
      const taken = reported + literalText(text);
      text = reported = '';
      return taken;
    },
    report(line) {
      reported += `${literalText(text)}${line}\n`;
      text = '';
    },
    release() {
      for (const each of restore) each();
    },
  };
}
