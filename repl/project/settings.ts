import { inspect } from 'node:util';
import { ProjectError } from './project-error.ts';

/** What a startup file exports as `settings`. */
export interface Settings {
  /** The keys of the prompt; those of Emacs by default. */
  readonly keys?: 'emacs' | 'vi';
  /** Whether the SQL of each statement is shown, as after `.sql on`. */
  readonly sql?: boolean;
}

const possible: Readonly<Record<keyof Settings, readonly unknown[]>> = {
  keys: ['emacs', 'vi'],
  sql: [true, false],
};

/**
 * Reads the settings that a startup file exports.
 *
 * @param file the name of the file
 * @throws ProjectError for a setting that there is not, or that cannot have the value
 */
export function readSettings(exported: unknown, file: string): Settings {
  if (exported === undefined) return {};
  const example = "Write: export const settings = { keys: 'vi', sql: true };";
  if (typeof exported !== 'object' || exported === null)
    throw new ProjectError(`${file}: settings must be an object, not ${shown(exported)}`, example);
  for (const [name, value] of Object.entries(exported)) {
    const values = Object.hasOwn(possible, name) ? possible[name as keyof Settings] : undefined;
    if (values === undefined)
      throw new ProjectError(
        `${file}: there is no setting '${name}'`,
        `There are ${Object.keys(possible).join(' and ')}.`,
      );
    if (!values.includes(value))
      throw new ProjectError(
        `${file}: the setting ${name} is ${values.map(shown).join(' or ')}, not ${shown(value)}`,
        example,
      );
  }
  return exported;
}

function shown(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Infinity });
}
