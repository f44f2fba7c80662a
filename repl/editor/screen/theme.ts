import { inspect } from 'node:util';

/** What can be told apart on the screen. */
export const kinds = [
  'prompt',
  'continuation',
  'suggestion',
  'match',
  'menu',
  'selected',
  'detail',
  'status',
  'keyword',
  'string',
  'number',
  'comment',
  'property',
  'type',
  'known',
  'unknown',
  'bracket',
  'error',
] as const;

export type Kind = (typeof kinds)[number];

/** The SGR parameters for each kind; a kind without is plain. */
export type Theme = Readonly<Partial<Record<Kind, string>>>;

/** For a terminal with sixteen colors, on light and on dark. */
export const colors: Theme = {
  continuation: '2',
  suggestion: '2',
  match: '7',
  selected: '7',
  detail: '2',
  status: '2',
  keyword: '35',
  string: '32',
  number: '33',
  comment: '2',
  type: '36',
  known: '36',
  unknown: '2',
  bracket: '1;4',
  error: '4;31',
};

/**
 * The theme for colors by their names.
 *
 * @param names for a kind, names of Node's `util.styleText`, such as `bold blue`; `none` for plain
 */
export function themeOf(names: Readonly<Record<string, string>>): Theme {
  const parameters = (text: string) =>
    text
      .split(' ')
      .flatMap(name => inspect.colors[name]?.[0] ?? [])
      .join(';');
  return Object.fromEntries(Object.entries(names).map(([kind, text]) => [kind, parameters(text)]));
}

/** Whether a text consists of names that `themeOf()` knows. */
export function areColors(text: string): boolean {
  return text === 'none' || text.split(' ').every(name => Object.hasOwn(inspect.colors, name));
}

/** Without colors: only what could not be told apart otherwise. */
export const plain: Theme = { match: '7', selected: '7' };
