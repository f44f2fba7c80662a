import type { Project } from '../project/find.ts';
import { loadStartupFile } from '../project/startup-file.ts';
import { render, type Style } from '../render/render.ts';
import type { Shell } from '../shell.ts';
import { type ScriptOutput, statements } from './script.ts';
import { errorMessage } from './error-message.ts';

/** What a project's own file has brought to the prompt. */
export interface Startup {
  /** What to say of it above the prompt; empty for nothing. */
  readonly says: string;
  /** Why it could not be loaded; empty for nothing. */
  readonly problem: string;
  /** Which of its names had to be left out; empty for none. */
  readonly clash: string;
  /** Lines to run at start. */
  readonly start: readonly string[];
}

export const nothing: Startup = { says: '', problem: '', clash: '', start: [] };

/** The names that a project's `.mikroscoperc` gives to the prompt, until it is loaded anew. */
export class OwnNames {
  #given = new Map<string, unknown>();

  /** Loads the file, if there is one, and calls its default export with the names of the prompt; what the shell itself provides is never replaced. */
  async take(shell: Shell, project: Project | undefined): Promise<Startup> {
    const { provided } = shell.scope;
    try {
      const rc = await loadStartupFile(project, provided);
      if (!rc) return nothing;
      const names = Object.keys(rc.names);
      const taken = names.filter(name => name in provided);
      const free = names.filter(name => !taken.includes(name));
      this.#give(shell, Object.fromEntries(free.map(name => [name, rc.names[name]])));
      return {
        says: `Loaded ${rc.name}${free.length === 0 ? '' : `: ${free.join(', ')}`}.`,
        problem: '',
        clash: clash(rc.name, taken),
        start: rc.start,
      };
    } catch (error) {
      return { ...nothing, problem: errorMessage(error) };
    }
  }

  /** A name that the person has given another meaning since keeps that. */
  #give({ scope: { bindings } }: Shell, names: Readonly<Record<string, unknown>>): void {
    const isOurs = (name: string) =>
      !Object.hasOwn(bindings, name) || bindings[name] === this.#given.get(name);
    for (const name of this.#given.keys()) if (isOurs(name)) delete bindings[name];
    const free = Object.entries(names).filter(([name]) => isOurs(name));
    this.#given = new Map(free);
    Object.assign(bindings, Object.fromEntries(free));
  }
}

function clash(file: string, taken: readonly string[]): string {
  if (taken.length === 0) return '';
  const [is, that] = taken.length === 1 ? ['is', 'that name'] : ['are', 'those names'];
  return `${taken.join(', ')} of ${file} ${is} left out: the prompt has ${that} already.`;
}

/**
 * Runs the lines as if they were typed; after an error the next one has its turn.
 *
 * @returns whether one of them wants to leave
 */
export async function runStart(
  shell: Shell,
  lines: readonly string[],
  style: Style,
  { print, complain }: ScriptOutput,
): Promise<boolean> {
  for await (const text of statements(shell, lines)) {
    const answer = await shell.respond(text);
    const shown = render(answer, style);
    if (shown !== undefined) (answer.kind === 'error' ? complain : print)(shown);
    if (answer.kind === 'exit') return true;
  }
  return false;
}
