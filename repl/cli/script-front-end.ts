import type { Shell } from '../shell.ts';
import { type Output, print } from '../render/print.ts';
import type { FrontEnd } from './run-session.ts';
import { leavingCode, runScript, type Script } from './run-script.ts';

/** A script, which needs no greeting. */
export function scriptFrontEnd(script: Script, output: Output): FrontEnd {
  return {
    greet(_, { clash, problem }) {
      for (const line of [clash, problem]) if (line !== '') output.errors.write(line);
    },
    run: ({ shell }) => Promise.race([runScript(shell, script, output), strayError(shell, output)]),
  };
}

/** Ends the script at an error of a timer, or of a promise that is not awaited, as at any other error. */
function strayError(shell: Shell, output: Output): Promise<number> {
  return new Promise(end => {
    process.once('uncaughtException', error => {
      print({ kind: 'error', error }, output);
      end(leavingCode(1, shell, output));
    });
  });
}
