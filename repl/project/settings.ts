import { inspect } from 'node:util';
import { areColors, kinds } from '../editor/screen/theme.ts';
import { ProjectError } from './project-error.ts';

/** What a startup file exports as `settings`. */
export interface Settings {
  /** The keys of the prompt; those of Emacs by default. */
  readonly keys?: 'emacs' | 'vi';
  /** Whether the SQL of each statement is shown, as after `.sql on`. */
  readonly sql?: boolean;
  /** What is printed before each statement, in place of `> `. */
  readonly prompt?: string;
  /** The colors of what is typed: for each kind of text names such as `bold blue`, or `none`. */
  readonly colors?: Readonly<Record<string, string>>;
  /** Whether statements with type errors are refused, as after `.check on`. */
  readonly check?: boolean;
  /** Whether answers that are longer than the screen are shown in a pager, as after `.pager on`. */
  readonly pager?: boolean;
  /** How many rows an answer may have without the pager; as many as the screen has by default. */
  readonly pageSize?: number;
  /** Whether a tip is shown at start; by default it is. */
  readonly tip?: boolean;
}

/** What a setting may be. */
interface Rule {
  readonly fits: (value: unknown) => boolean;
  /** As the end of a sentence. */
  readonly text: string;
}

const rules: Readonly<Record<keyof Settings, Rule>> = {
  keys: oneOf('emacs', 'vi'),
  sql: oneOf(true, false),
  prompt: {
    fits: value => typeof value === 'string' && /^[^\n\r]{1,40}$/.test(value),
    text: 'a text of one line, of 40 characters at most',
  },
  colors: {
    fits: value => typeof value === 'object' && value !== null && Object.entries(value).every(isColor),
    text: `an object of ${kinds.join(', ')}, each with names of Node's util.styleText, such as 'bold blue', or 'none'`,
  },
  check: oneOf(true, false),
  pager: oneOf(true, false),
  pageSize: {
    fits: value => Number.isSafeInteger(value) && Number(value) >= 1,
    text: 'a whole number from 1',
  },
  tip: oneOf(true, false),
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
    const rule = Object.hasOwn(rules, name) ? rules[name as keyof Settings] : undefined;
    if (!rule)
      throw new ProjectError(
        `${file}: there is no setting '${name}'`,
        `There are ${new Intl.ListFormat('en-GB').format(Object.keys(rules))}.`,
      );
    if (!rule.fits(value))
      throw new ProjectError(`${file}: the setting ${name} is ${rule.text}, not ${shown(value)}`, example);
  }
  return exported;
}

function oneOf(...values: readonly unknown[]): Rule {
  return { fits: value => values.includes(value), text: values.map(shown).join(' or ') };
}

function isColor([kind, names]: [string, unknown]): boolean {
  return kinds.some(each => each === kind) && typeof names === 'string' && areColors(names);
}

function shown(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Infinity });
}
