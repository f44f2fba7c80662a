import { isInterruption, type Shell } from '../shell.ts';
import { print } from '../render/print.ts';
import { isLeaving, leaveAtExit, leaveAtSignals } from '../terminal/leaving.ts';
import { keepListeners } from '../terminal/own-listeners.ts';
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
      const { promise: left, resolve: leave } = Promise.withResolvers<number>();
      process.stdout.on('error', () => shell.interrupt());
      leaveAtExit(code => {
        if (!shell.leave(code)) leave(leavingCode(code, shell, output));
      });
      let signalled: number | undefined;
      leaveAtSignals(shell, ['SIGINT', 'SIGTERM', 'SIGHUP'], code => {
        signalled = code;
        shell.interrupt();
      });
      const stray = strayError(shell, output);
      keepListeners();
      const ran = runScript(shell, script, output).then(code => signalled ?? code);
      return Promise.race([ran, left, stray]);
    },
  };
}

/** Ends the script at an error of a timer, or of a promise that is not awaited, as at any other error. */
function strayError(shell: Shell, output: StandardOutput): Promise<number> {
  return new Promise(end => {
    let isOver = false;
    process.on('uncaughtException', error => {
      // Once the script is over, what is thrown while the session closes says nothing more.
      if (isOver || isLeaving(error) || isInterruption(error)) return;
      isOver = true;
      print(shell.failure(error), output);
      end(leavingCode(1, shell, output));
    });
  });
}
