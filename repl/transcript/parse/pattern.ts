import { regularExpression, type RegularExpression } from './regular-expression.ts';

/** What each name of a `<name:kind>` stands for. */
export type Bindings = ReadonlyMap<string, string>;

/** The kinds of wildcard, each with the regular expression of what it matches. */
const kinds: Readonly<Record<string, string>> = {
  '*': '.*',
  int: String.raw`-?\d+`,
  num: String.raw`-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Infinity)`,
  uuid: '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
  date: String.raw`\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?`,
  ms: String.raw`\d+(?:\.\d+)?(?: ?(?:ms|s))?`,
  path: String.raw`(?:file:\/\/|[A-Za-z]:)?[^\s'"()\x60:]*[\\/][^\s'"()\x60:]*`,
};

function isKind(word: string): boolean {
  return Object.hasOwn(kinds, word);
}

/** Whether a word can name a wildcard that is not one of the closed set. */
export function isWildcardName(word: string): boolean {
  return /^[A-Za-z_]\w*$/.test(word) && !isKind(word);
}

/** The kinds that describe a value, the narrowest first. */
export const valueKinds = ['uuid', 'date', 'int', 'num', 'ms', 'path'] as const;

/** A piece of an expected line. `source` is how it is written; the type of a `<re:/…/>` is what stands between its slashes, with them. */
export type Token =
  | { readonly kind: 'literal'; readonly text: string; readonly source: string }
  | { readonly kind: 'wildcard'; readonly type: string; readonly name?: string; readonly source: string }
  | { readonly kind: 'name'; readonly name: string; readonly source: string };

/** Alone on a line, it matches any number of lines. */
export const anyLines = '<...>';

const wildcard =
  /(\\*)<(?:(\*|[A-Za-z_]\w*)(?::([\w*]+))?|(?:([A-Za-z_]\w*):)?re:(\/(?:[^/\\]|\\.|\/(?!>))*\/))>|\\+<\.\.\.>/g;

/** Splits an expected line into tokens. A backslash before a wildcard makes it literal. */
export function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  const literal = (text: string, source = text) => {
    if (source !== '') tokens.push({ kind: 'literal', text, source });
  };
  for (const match of line.matchAll(wildcard)) {
    const [source, slashes = '', word = '', type, name, expression] = match;
    literal(line.slice(end, match.index));
    end = match.index + source.length;
    if (source.startsWith('\\')) literal(source.slice(1), source);
    else if (expression !== undefined)
      tokens.push({ kind: 'wildcard', type: expression, ...(name !== undefined && { name }), source });
    else if (type !== undefined && word !== '*') tokens.push({ kind: 'wildcard', type, name: word, source });
    else if (isKind(word) && type === undefined) tokens.push({ kind: 'wildcard', type: word, source });
    else if (slashes === '' && type === undefined) tokens.push({ kind: 'name', name: word, source });
    else literal(source);
  }
  literal(line.slice(end));
  return tokens;
}

/** What is wrong with the wildcards of a line, as a sentence; undefined if nothing is. */
export function wildcardProblem(line: string): string | undefined {
  for (const token of tokenize(line)) {
    if (token.kind !== 'wildcard') continue;
    const wrong = expressionProblem(token.type);
    if (wrong !== undefined) return `${wrong} Write \\${token.source} for the text itself.`;
    if (token.name === undefined) continue;
    const known = Object.keys(kinds).join(', ');
    if (!isKind(token.type) && !expressionOf(token.type))
      return `${token.source} has an unknown kind of wildcard; the kinds are ${known}. Write \\${token.source} for the text itself.`;
    if (isKind(token.name)) return `${token.source} has the name of a wildcard; choose another name.`;
  }
  return undefined;
}

/** What is wrong with the regular expression of a wildcard; undefined for another wildcard. */
export function expressionProblem(type: string): string | undefined {
  try {
    expressionOf(type);
    return undefined;
  } catch (error) {
    return `${type} is not a regular expression that can be used: ${(error as Error).message}.`;
  }
}

/** The regular expression of a `<re:/…/>`; undefined for another kind of wildcard. */
export function expressionOf(type: string): RegularExpression | undefined {
  return type.startsWith('/') ? regularExpression(type.slice(1, -1)) : undefined;
}

/** The names that a line binds. */
export function namesIn(line: string): string[] {
  return tokenize(line).flatMap(token =>
    token.kind === 'wildcard' && token.name !== undefined ? [token.name] : [],
  );
}

/** The names that a line binds, and those that it repeats. */
export function wordsIn(line: string): ReadonlySet<string> {
  return new Set(tokenize(line).flatMap(token => (token.kind === 'literal' ? [] : (token.name ?? []))));
}

/** Whether a kind of wildcard matches the whole text. */
export function isOfKind(type: string, text: string): boolean {
  const expression = expressionOf(type);
  return expression
    ? expression.endsFrom(text, 0).includes(text.length)
    : wholeKinds.get(type)?.test(text) === true;
}

/** How many characters from a position on a kind of wildcard can match at most. */
export function longestOfKind(type: string, text: string, at: number): number {
  const run = isKind(type) ? runs[type] : undefined;
  if (run === undefined) return 0;
  run.lastIndex = at;
  return run.exec(text)?.[0].length ?? 0;
}

/** The characters of which the texts of each kind are, and what they begin with. */
const runs: Readonly<Record<string, RegExp>> = {
  int: /-?\d+/y,
  num: /-?(?:\d[\d.e+-]*|Infinity)/y,
  uuid: /[\dA-Fa-f-]{36}/y,
  date: /\d{4}-[\dTZ :.+-]+/y,
  ms: /\d[\d.]*(?: ?(?:ms|s))?/y,
  path: /(?:file:\/\/|[A-Za-z]:)?[^\s'"()`:]*/y,
};

const wholeKinds: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(kinds).map(([type, kind]) => [type, new RegExp(`^(?:${kind})$`, 'su')]),
);

/** Splits a printed line into words, so that each can be aligned with a wildcard. */
export function printedWords(line: string): string[] {
  return line.match(words) ?? [];
}

const words =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\d+(?:\.\d+)?(?:e[+-]?\d+)?|(?:[A-Za-z]:)?[\w.@-]*[\\/][^\s'"()`:]*|\w+|\s+|./gi;

/** Replaces the names in a statement by what they stand for. */
export function substitute(typed: string, bindings: Bindings): string {
  return typed.replaceAll(/<([A-Za-z_]\w*)>/g, (source, name: string) => bindings.get(name) ?? source);
}

/** Writes a printed line so that it matches itself alone: what would be a wildcard or a name gets a backslash. */
export function quoteWildcards(line: string, bindings: Bindings): string {
  const quoted = line.replaceAll(
    wildcard,
    (source, _slashes, word?: string, type?: string, _name?: string, expression?: string) => {
      const isWildcard =
        source.startsWith('\\') ||
        expression !== undefined ||
        (word !== undefined && (isKind(word) || (type !== undefined && word !== '*') || bindings.has(word)));
      return isWildcard ? `\\${source}` : source;
    },
  );
  return quoted.trim() === anyLines ? quoted.replace('<', String.raw`\<`) : quoted;
}

/** A shorter value, such as `1`, may be somewhere by coincidence. */
const shortestNamedValue = 8;

/** Replaces values by the names that stand for them. */
export function withNames(text: string, bindings: Bindings): string {
  return [...bindings]
    .filter(([, value]) => value.length >= shortestNamedValue)
    .reduce((named, [name, value]) => named.replaceAll(value, `<${name}>`), text);
}
