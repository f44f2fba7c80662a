import { MikroscopeError, type Session } from '../../src/index.ts';
import type { Guard } from '../guard.ts';
import { ProjectError } from '../project/project-error.ts';
import { reloadModules } from '../reload/reload-modules.ts';
import type { Reopening } from '../reload/reload.ts';
import type { Shell } from '../shell.ts';
import { errorMessage } from './error-message.ts';
import type { ProjectNames } from './project-names.ts';

/** What opening a project again takes. */
interface OpenProject {
  readonly open: () => Promise<Session>;
  readonly guard: Guard;
  readonly projectNames: ProjectNames | undefined;
  readonly shell: () => Shell;
}

/** Opens a project again for `reload()`, from the files as they are now. */
export function reopenProject({ open, guard, projectNames, shell }: OpenProject): Reopening {
  return {
    agree: guard.agree,
    async open() {
      reloadModules();
      try {
        return await open();
      } catch (error) {
        const message =
          error instanceof ProjectError ? error.messageFor('reload() again') : errorMessage(error);
        const [what = '', ...more] = message.split('\n');
        const hint = [...more, 'Until then everything stays as it was.'].join('\n');
        throw new MikroscopeError('BadConfiguration', what.replace(/\.$/, ''), hint, { cause: error });
      }
    },
    async opened() {
      guard.watch(shell().session.database);
      return (await projectNames?.take(shell()))?.problem ?? '';
    },
  };
}
