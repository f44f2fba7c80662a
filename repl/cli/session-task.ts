import type { Answer } from '../answer/answer.ts';
import { Guard } from '../guard.ts';
import type { Project } from '../project/find.ts';
import { render, type Style } from '../render/render.ts';
import { Shell } from '../shell.ts';
import { greeting, promptOf } from '../terminal/greeting.ts';
import { maskedConsole } from './masked-console.ts';
import { load, requireHere } from './import-from-cwd.ts';
import { openTarget } from './open-session.ts';
import type { Options } from './options.ts';
import type { Recorder } from './recorder.ts';
import { reopenProject } from '../reload/reopen-project.ts';
import { runScript } from './script.ts';
import { nothing, OwnNames, runStart, type Startup } from './startup.ts';
import type { Watchdog } from '../terminal/watchdog.ts';

/** Where what is said goes. */
export interface Output {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/**
 * Opens a session and works in it: at a prompt, or through a script.
 *
 * @param script the lines to run, one chunk of text after another; a prompt without it
 * @returns the exit code
 */
export async function runSession(
  options: Options,
  project: Project | undefined,
  script: AsyncIterable<string> | Iterable<string> | undefined,
  recorder: Recorder,
  output: Output,
): Promise<number> {
  const guard = new Guard(options);
  const openSession = () => openTarget(options, project, { confirm: guard.confirm });
  const session = await openSession();
  guard.watch(session.database);
  const style = {
    width: process.stdout.columns || 80,
    color: options.color ?? process.stdout.isTTY ?? false,
  };
  const tell = (answer: Answer) => {
    const shown = render(answer, style);
    if (shown !== undefined) (answer.kind === 'error' ? output.complain : output.print)(shown);
    return answer.kind === 'error' ? 1 : 0;
  };
  const watchdog = script ? undefined : new (await import('../terminal/watchdog.ts')).Watchdog();
  // What is recorded has to run where the project's own names are not.
  const own = options.rc && options.task.kind !== 'record' ? new OwnNames() : undefined;
  const shell: Shell = new Shell({
    session,
    console: maskedConsole(style.color),
    provided: { require: requireHere() },
    load,
    ...(watchdog && { stop: watchdog.stop }),
    ...(project && {
      reopening: reopenProject({ project, open: openSession, guard, own, shell: () => shell }),
    }),
    dotted: { record: argument => recorder.run(argument, shell) },
  });
  try {
    if (options.task.kind === 'record' && tell(recorder.begin(options.task.path, shell)) !== 0) return 1;
    const startup = (await own?.take(shell, project)) ?? nothing;
    if (watchdog) output.print(aboveThePrompt(shell, style, project, startup));
    else for (const line of [startup.clash, startup.problem]) if (line !== '') output.complain(line);
    const leaves = await runStart(shell, startup.start, style, output);
    const code =
      watchdog && !leaves
        ? await prompt(shell, watchdog, style, guard)
        : await Promise.race([
            runScript(shell, leaves ? [] : (script ?? []), style, output),
            strayError(tell),
          ]);
    const saved = await recorder.finish(shell);
    return saved ? Math.max(code, tell(saved)) : code;
  } finally {
    await shell.session.close();
  }
}

/** The greeting, and what a file of the project's has brought. */
function aboveThePrompt(
  shell: Shell,
  { color }: Style,
  project: Project | undefined,
  { says, problem, clash }: Startup,
): string {
  return [greeting(shell, color, project?.name), says, clash, problem].filter(line => line !== '').join('\n');
}

async function prompt(shell: Shell, watchdog: Watchdog, { color }: Style, guard: Guard): Promise<number> {
  const { interact } = await import('../terminal/prompt.ts');
  return interact(shell, watchdog, {
    color,
    prompt: promptOf(shell.session, color),
    onReady: ask => guard.asking(ask),
  });
}

/** An error of a timer, or of a promise that nobody waits for, ends a script as any other does. */
function strayError(tell: (answer: Answer) => number): Promise<number> {
  return new Promise(end => {
    process.once('uncaughtException', error => end(tell({ kind: 'error', error })));
  });
}
