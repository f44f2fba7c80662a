import { prepareProject } from '../project/prepare-project.ts';
import { isDebug, type Options, readOptions } from './options.ts';

/**
 * Starts the program. MikroORM is not imported before the project is known, whose copy of it is the one to use.
 *
 * @param args the arguments after the program's name
 * @returns the exit code
 */
export async function start(args: readonly string[]): Promise<number> {
  // V8 keeps ten frames, which would all be of what is between two functions that were typed.
  Error.stackTraceLimit = isDebug(process.env) ? Infinity : 200;
  let options: Options;
  try {
    options = readOptions(args, process.env);
  } catch (error) {
    const { errorMessage } = await import('./error-message.ts');
    process.stderr.write(`${errorMessage(error, isDebug(process.env))}\n`);
    return args.includes('check') ? 2 : 1;
  }
  const { config, context } = options;
  const project = prepareProject({ config, context, cwd: process.cwd(), environment: process.env });
  const { runTask } = await import('./run-task.ts');
  return runTask(options, project);
}
