import { inspect } from 'node:util';
import { ProjectError } from './project-error.ts';

/** What a startup file exports as `settings`. */
export interface Settings {
  /** The keys of the prompt; those of Emacs by default. */
  readonly keys?: 'emacs' | 'vi';
  /** Whether the SQL of each statement is shown, as after `.sql on`. */
  readonly sql?: boolean;
  /** Whether statements with type errors are refused, as after `.check on`. */
  readonly check?: boolean;
  /** Whether answers that are longer than the screen are shown in a pager, as after `.pager on`. */
  readonly pager?: boolean;
  /** How many rows an answer may have without the pager; as many as the screen has by default. */
  readonly pageSize?: number;
  /** Whether a tip is shown at start; by default it is. */
  readonly tip?: boolean;
}

const aCount = 'a whole number from 1';

/** What a setting may be: one of some values, or of a kind. */
const possible: Readonly<Record<keyof Settings, readonly unknown[] | typeof aCount>> = {
  keys: ['emacs', 'vi'],
  sql: [true, false],
  check: [true, false],
  pager: [true, false],
  pageSize: aCount,
  tip: [true, false],
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
        `There are ${Object.keys(possible)
          .join(', ')
          .replace(/, (?=\w+$)/, ' and ')}.`,
      );
    const isCount = values === aCount;
    if (isCount ? !Number.isSafeInteger(value) || Number(value) < 1 : !values.includes(value))
      throw new ProjectError(
        `${file}: the setting ${name} is ${isCount ? aCount : values.map(shown).join(' or ')}, not ${shown(value)}`,
        example,
      );
  }
  return exported;
}

function shown(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Infinity });
}
