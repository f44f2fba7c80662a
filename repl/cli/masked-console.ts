import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { maskPassword, visible } from '../../src/index.ts';

/** The console of the process, which masks the passwords in URLs, and shows what a terminal would obey, but for colors. */
export function maskedConsole(color: boolean): Console {
  return new Console({ stdout: masked(process.stdout), stderr: masked(process.stderr), colorMode: color });
}

function masked(stream: NodeJS.WriteStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      stream.write(visible(maskPassword(text), true));
      done();
    },
  });
}
