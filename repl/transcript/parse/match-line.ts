import { type Bindings, expressionOf, isOfKind, longestOfKind, tokenize } from './pattern.ts';

/** A piece of an expected line, once the names of earlier lines have become texts. */
type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly type: string; readonly name: string | undefined }
  /** A name that is bound further to the left in the same line. */
  | { readonly kind: 'again'; readonly name: string };

/** For a part, each position of a text from which it and what follows can match to the end: 1. */
type Reachable = Uint8Array;

/**
 * Matches a printed line with an expected one. Takes time in proportion to the square of the line's length at most, but for
 * names that come twice in one line. A wildcard takes as much as it can, the left one first, as in a regular expression.
 *
 * @returns the bindings with those that the line made; undefined if it does not match
 */
export function matchLine(expected: string, actual: string, bindings: Bindings): Bindings | undefined {
  const parts = partsOf(expected, bindings);
  if (parts.every(part => part.kind === 'literal'))
    return parts.map(({ text }) => text).join('') === actual ? bindings : undefined;
  const reachable = reachableFrom(parts, actual);
  const bound = walk(parts, actual, reachable);
  if (bound === undefined) return undefined;
  return bound.size === 0 ? bindings : new Map([...bindings, ...bound]);
}

function partsOf(expected: string, bindings: Bindings): Part[] {
  const named = new Set<string>();
  const parts = tokenize(expected).map((token): Part => {
    if (token.kind === 'literal') return { kind: 'literal', text: token.text };
    const { name, source } = token;
    if (name !== undefined && named.has(name)) return { kind: 'again', name };
    if (token.kind === 'name') return { kind: 'literal', text: bindings.get(token.name) ?? source };
    if (name !== undefined) named.add(name);
    return { kind: 'wildcard', type: token.type, name };
  });
  // A name may stand for nothing, which is everywhere.
  return parts.filter(part => part.kind !== 'literal' || part.text !== '');
}

/** @returns an item for each part, and one for the end */
function reachableFrom(parts: readonly Part[], text: string): Reachable[] {
  const end = new Uint8Array(text.length + 1);
  end[text.length] = 1;
  const all = [end];
  for (const part of parts.toReversed()) {
    const [next = end] = all;
    const here = new Uint8Array(text.length + 1);
    if (part.kind === 'literal') {
      for (let at = text.indexOf(part.text); at >= 0; at = text.indexOf(part.text, at + 1))
        here[at] = next[at + part.text.length] ?? 0;
    } else if (part.kind === 'again' || part.type === '*') here.fill(1, 0, next.lastIndexOf(1) + 1);
    else if (expressionOf(part.type))
      for (const at of expressionOf(part.type)?.startsOf(text, next) ?? []) here[at] = 1;
    else
      for (let at = 0; at <= text.length; at++)
        if (!endsOf(part.type, text, at, next).next().done) here[at] = 1;
    all.unshift(here);
  }
  return all;
}

/** Where a wildcard that begins at a position can end, the farthest first. */
function* endsOf(type: string, text: string, at: number, next: Reachable): Generator<number> {
  const expression = expressionOf(type);
  if (expression) {
    yield* expression
      .endsFrom(text, at)
      .toReversed()
      .filter(end => next[end] === 1);
    return;
  }
  const farthest = type === '*' ? text.length : at + longestOfKind(type, text, at);
  for (
    let end = next.lastIndexOf(1, farthest);
    end >= at;
    end = end === 0 ? -1 : next.lastIndexOf(1, end - 1)
  )
    if (type === '*' || (end > at && isOfKind(type, text.slice(at, end)))) yield end;
}

/** Finds the leftmost, longest match. Only a name that comes again can make it try another one. */
function walk(
  parts: readonly Part[],
  text: string,
  reachable: readonly Reachable[],
): ReadonlyMap<string, string> | undefined {
  const bound = new Map<string, string>();
  const again = parts.flatMap(part => (part.kind === 'again' ? [part.name] : []));
  const tried = new Set<string>();
  const from = (index: number, at: number): boolean => {
    if (reachable[index]?.[at] !== 1) return false;
    const part = parts[index];
    if (part === undefined) return true;
    if (again.length > 0) {
      const state = JSON.stringify([index, at, ...again.map(name => bound.get(name))]);
      if (tried.has(state)) return false;
      tried.add(state);
    }
    if (part.kind !== 'wildcard') {
      const fixed = part.kind === 'literal' ? part.text : (bound.get(part.name) ?? '');
      return text.startsWith(fixed, at) && from(index + 1, at + fixed.length);
    }
    for (const end of endsOf(part.type, text, at, reachable[index + 1] ?? new Uint8Array())) {
      if (part.name !== undefined) bound.set(part.name, text.slice(at, end));
      if (from(index + 1, end)) return true;
    }
    return false;
  };
  return from(0, 0) ? bound : undefined;
}
