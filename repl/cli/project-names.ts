import { type Command, wordsOf } from '../commands/command.ts';
import { readProjectCommands } from '../commands/project-commands.ts';
import { bindCommands } from '../commands/prompt-names.ts';
import type { Project } from '../project/find-project.ts';
import type { Settings } from '../project/settings.ts';
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
  readonly settings: Settings;
}

export const noStartup: Startup = { says: '', problem: '', clash: '', start: [], settings: {} };

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
      const isFree = (word: string) => !own.has(word);
      const names = Object.fromEntries(Object.entries(file.names).filter(([name]) => isFree(name)));
      const { first, again } = firstOfEach(
        commands.filter(command => wordsOf(command).every(isFree)),
        Object.keys(file.names),
      );
      shell.replaceProjectCommands(first);
      this.#give(shell, { ...names, ...bindCommands(first, shell) });
      const taken = [...Object.keys(file.names), ...commands.flatMap(wordsOf)].filter(word => !isFree(word));
      const clashes = [
        clash(file.name, taken, 'the prompt has'),
        clash(file.name, again.flatMap(wordsOf), 'the file has'),
      ];
      return {
        says: loaded(file.name, [...Object.keys(names), ...first.flatMap(wordsOf)]),
        problem: '',
        clash: clashes.filter(sentence => sentence !== '').join('\n'),
        start: file.start,
        settings: file.settings,
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

/** Parts commands into those whose words are new, and those that have a word of a name or of a command before them. */
function firstOfEach(
  commands: readonly Command[],
  names: readonly string[],
): { readonly first: readonly Command[]; readonly again: readonly Command[] } {
  const seen = new Set(names);
  const isNew = new Map<Command, boolean>();
  for (const command of commands) {
    const words = wordsOf(command);
    isNew.set(command, !words.some(word => seen.has(word)));
    for (const word of words) seen.add(word);
  }
  return {
    first: commands.filter(command => isNew.get(command)),
    again: commands.filter(command => !isNew.get(command)),
  };
}

/** @param has who has the names already, as the subject of a sentence and its verb */
function clash(file: string, words: readonly string[], has: string): string {
  if (words.length === 0) return '';
  const [is, that] = words.length === 1 ? ['is', 'that name'] : ['are', 'those names'];
  return `${words.join(', ')} of ${file} ${is} left out: ${has} ${that} already.`;
}
