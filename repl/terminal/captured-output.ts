import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { maskPassword } from '../../src/index.ts';

/** What a session prints, caught on its way to the screen. */
export interface CapturedOutput {
  readonly console: Console;
  /** @returns what came since it was last asked */
  readonly take: () => string;
  /** Lets everything go to the screen again, what the console is given too. */
  readonly release: () => void;
}

/** Catches what is printed through the console that it gives, and through the streams of the process. */
export function captureOutput(): CapturedOutput {
  let text = '';
  let caught = true;
  const sink = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      if (caught) text += String(chunk);
      else process.stdout.write(maskPassword(String(chunk)));
      done();
    },
  });
  const restore = [process.stdout, process.stderr].map(stream => {
    const { write } = stream;
    stream.write = sink.write.bind(sink);
    return () => (stream.write = write);
  });
  return {
    console: new Console({ stdout: sink, stderr: sink, colorMode: false }),
    take() {
      const taken = text;
      text = '';
      return taken;
    },
    release() {
      caught = false;
      for (const each of restore) each();
    },
  };
}
