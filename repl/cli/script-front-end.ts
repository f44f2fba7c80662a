import { type Output, print } from '../render/print.ts';
import type { FrontEnd } from './run-session.ts';
import { type Pieces, runScript } from './script.ts';

/** A script, which has nobody to greet. */
export function scriptFrontEnd(script: Pieces): FrontEnd {
  return {
    greet(_, { clash, problem }, { errors }) {
      for (const line of [clash, problem]) if (line !== '') errors.write(line);
    },
    run: ({ shell }, output) => Promise.race([runScript(shell, script, output), strayError(output)]),
  };
}

/** An error of a timer, or of a promise that is not awaited, ends a script as any other does. */
function strayError(output: Output): Promise<number> {
  return new Promise(end => {
    process.once('uncaughtException', error => {
      print({ kind: 'error', error }, output);
      end(1);
    });
  });
}
