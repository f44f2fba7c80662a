import type { Shell } from '../shell.ts';
import { print } from '../render/print.ts';
import type { FrontEnd } from './run-session.ts';
import { leavingCode, runScript, type Script } from './run-script.ts';
import type { StandardOutput } from './standard-output.ts';

/** A script, which needs no greeting. */
export function scriptFrontEnd(script: Script, output: StandardOutput): FrontEnd {
  return {
    greet(_, { clash, problem }) {
      for (const line of [clash, problem]) if (line !== '') output.errors.write(line);
    },
    run({ shell }) {
      const stop = () => void shell.interrupt();
      process.stdout.on('error', stop);
      // A signal ends the program at once, but where a server would go on without it.
      shell.session.onServerBusy(isBusy =>
        isBusy ? process.on('SIGINT', stop) : process.off('SIGINT', stop),
      );
      return Promise.race([runScript(shell, script, output), strayError(shell, output)]);
    },
  };
}

/** Ends the script at an error of a timer, or of a promise that is not awaited, as at any other error. */
function strayError(shell: Shell, output: StandardOutput): Promise<number> {
  return new Promise(end => {
    process.once('uncaughtException', error => {
      // The script is over: what is thrown while the session closes says nothing more.
      process.on('uncaughtException', () => undefined);
      print({ kind: 'error', error }, output);
      end(leavingCode(1, shell, output));
    });
  });
}
