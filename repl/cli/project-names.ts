import { wordsOf } from '../commands/command.ts';
import { readProjectCommands } from '../commands/project-commands.ts';
import { bindCommands } from '../commands/prompt-names.ts';
import type { Project } from '../project/find-project.ts';
import { loadStartupFile } from '../project/startup-file.ts';
import type { Shell } from '../shell.ts';
import { errorMessage } from './error-message.ts';

/** What came of loading the project's startup file. */
export interface Startup {
  /** What it brought, as a sentence to print above the prompt; empty if there is no file. */
  readonly says: string;
  /** Why it does not load; empty if it does. */
  readonly problem: string;
  /** Which of its names were left out, as a sentence; empty if none were. */
  readonly clash: string;
  /** Lines to run at start. */
  readonly start: readonly string[];
}

export const noStartup: Startup = { says: '', problem: '', clash: '', start: [] };

/** The names and commands that a project's `.mikroscoperc` gives to the prompt. */
export class ProjectNames {
  readonly #project: Project | undefined;
  readonly #debug: boolean;
  #given = new Map<string, unknown>();

  /** @param debug whether to tell the whole stack if the file does not load */
  constructor(project: Project | undefined, debug: boolean) {
    this.#project = project;
    this.#debug = debug;
  }

  /** Loads the file, if there is one, in place of what it brought before. It never replaces what the shell provides. */
  async take(shell: Shell): Promise<Startup> {
    const { provided } = shell.scope;
    try {
      const file = await loadStartupFile(this.#project, provided);
      if (!file) return noStartup;
      const commands = readProjectCommands(file.commands, file.name);
      shell.replaceProjectCommands([]);
      const own = new Set([...Object.keys(provided), ...shell.commands.flatMap(wordsOf)]);
      const words = [...Object.keys(file.names), ...commands.flatMap(wordsOf)];
      const isFree = (word: string) => !own.has(word);
      const freeCommands = commands.filter(command => wordsOf(command).every(isFree));
      shell.replaceProjectCommands(freeCommands);
      const names = Object.entries(file.names).filter(([name]) => isFree(name));
      this.#give(shell, { ...Object.fromEntries(names), ...bindCommands(freeCommands, shell) });
      return {
        says: loaded(file.name, words.filter(isFree)),
        problem: '',
        clash: clash(
          file.name,
          words.filter(word => !isFree(word)),
        ),
        start: file.start,
      };
    } catch (error) {
      return { ...noStartup, problem: errorMessage(error, this.#debug) };
    }
  }

  /** Binds the names, except those that the user has bound to something else since. */
  #give({ scope: { bindings } }: Shell, names: Readonly<Record<string, unknown>>): void {
    const isOurs = (name: string) =>
      !Object.hasOwn(bindings, name) || bindings[name] === this.#given.get(name);
    for (const name of this.#given.keys()) if (isOurs(name)) delete bindings[name];
    const free = Object.entries(names).filter(([name]) => isOurs(name));
    this.#given = new Map(free);
    Object.assign(bindings, Object.fromEntries(free));
  }
}

function loaded(file: string, words: readonly string[]): string {
  return `Loaded ${file}${words.length === 0 ? '' : `: ${words.join(', ')}`}.`;
}

function clash(file: string, words: readonly string[]): string {
  if (words.length === 0) return '';
  const [is, that] = words.length === 1 ? ['is', 'that name'] : ['are', 'those names'];
  return `${words.join(', ')} of ${file} ${is} left out: the prompt has ${that} already.`;
}
