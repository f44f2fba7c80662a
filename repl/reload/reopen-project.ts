import { MikroscopeError, type Session } from '../../src/index.ts';
import type { Guard } from '../guard.ts';
import { reloadModules } from './reload-modules.ts';
import type { Project } from '../project/find.ts';
import type { Reopening } from './reload.ts';
import type { Shell } from '../shell.ts';
import type { OwnNames } from '../cli/startup.ts';

/** What it takes to open a project anew. */
interface Surroundings {
  readonly project: Project;
  readonly open: () => Promise<Session>;
  readonly guard: Guard;
  /** The names of the project's own file, if that is taken. */
  readonly own: OwnNames | undefined;
  readonly shell: () => Shell;
}

/** Opens a project anew for `reload()`, every file of its own with it. */
export function reopenProject({ project, open, guard, own, shell }: Surroundings): Reopening {
  return {
    agree: guard.agree,
    async open() {
      reloadModules();
      try {
        return await open();
      } catch (error) {
        const [what = '', ...more] = (error as Error).message
          .replace('start again.', 'reload() again.')
          .split('\n');
        const hint = [...more, 'Until then everything stays as it was.'].join('\n');
        throw new MikroscopeError('BadConfiguration', what.replace(/\.$/, ''), hint, { cause: error });
      }
    },
    async opened() {
      guard.watch(shell().session.database);
      return (await own?.take(shell(), project))?.problem ?? '';
    },
  };
}
