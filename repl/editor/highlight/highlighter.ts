import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import type { View } from '../effect.ts';
import type { Span } from '../screen/layout.ts';
import type { Kind } from '../screen/theme.ts';
import { matchingBracket } from './brackets.ts';
import { SyntaxTree, type Tree } from './syntax-tree.ts';

/** A longer text, as a paste of data, is shown plain: each key would parse too much of it. */
const maxLength = 200_000;

const kinds: ReturnType<typeof tagHighlighter> = tagHighlighter(
  (
    [
      [tags.keyword, 'keyword'],
      [tags.self, 'keyword'],
      [tags.null, 'number'],
      [tags.bool, 'number'],
      [tags.number, 'number'],
      [tags.string, 'string'],
      [tags.special(tags.string), 'string'],
      [tags.regexp, 'string'],
      [tags.comment, 'comment'],
      [tags.typeName, 'type'],
      [tags.propertyName, 'property'],
    ] as const
  ).map(([tag, kind]) => ({ tag, class: kind satisfies Kind })),
);

/** Says of which kind each part of a text is. It keeps the tree of the text before, so that it parses only what changes. */
export class Highlighter {
  readonly #tree = new SyntaxTree();
  readonly #isKnown: (name: string) => boolean;
  #defined: { readonly tree: Tree; readonly names: ReadonlySet<string> } | undefined;

  /** @param isKnown whether a name that the text does not define has a value */
  constructor(isKnown: (name: string) => boolean) {
    this.#isKnown = isKnown;
  }

  /** @returns the kinds of a part of the text; of those that overlap, the later one counts */
  readonly spans = ({ text, cursor, search }: View, from: number, to: number): readonly Span[] => {
    const match: Span[] = search?.match ? [{ kind: 'match', ...search.match }] : [];
    if (text.length > maxLength || isCommand(text)) return match;
    const tree = this.#tree.of(text);
    const spans: Span[] = [];
    highlightTree(
      tree,
      kinds,
      (start, end, kind) => spans.push({ kind: kind as Kind, from: start, to: end }),
      from,
      to,
    );
    spans.push(...this.#names(tree, text, from, to), ...errors(tree, text, cursor, from, to));
    const bracket = search ? undefined : matchingBracket(tree, cursor);
    if (bracket !== undefined) spans.push({ kind: 'bracket', from: bracket, to: bracket + 1 });
    return [...spans, ...match];
  };

  #names(tree: Tree, text: string, from: number, to: number): readonly Span[] {
    const spans: Span[] = [];
    tree.iterate({
      from,
      to,
      enter: node => {
        if (node.name !== 'VariableName') return;
        const name = text.slice(node.from, node.to);
        const isKnown = this.#isKnown(name) || this.#definedIn(tree, text).has(name);
        spans.push({ kind: isKnown ? 'known' : 'unknown', from: node.from, to: node.to });
      },
    });
    return spans;
  }

  /** The names that a text defines, wherever it does. */
  #definedIn(tree: Tree, text: string): ReadonlySet<string> {
    if (this.#defined?.tree === tree) return this.#defined.names;
    const names = new Set<string>();
    tree.iterate({
      enter: node => {
        if (node.name === 'VariableDefinition' || (node.name === 'VariableName' && isAssigned(node.node)))
          names.add(text.slice(node.from, node.to));
      },
    });
    this.#defined = { tree, names };
    return names;
  }
}

/** `user = …` defines a name at the prompt. */
function isAssigned(node: ReturnType<Tree['resolveInner']>): boolean {
  return node.parent?.name === 'AssignmentExpression' && node.nextSibling?.name === 'Equals';
}

/** What the parser cannot read; not at the end of the text nor at the cursor, where typing goes on. */
function errors(tree: Tree, text: string, cursor: number, from: number, to: number): readonly Span[] {
  const end = text.trimEnd().length;
  const spans: Span[] = [];
  tree.iterate({
    from,
    to,
    enter: node => {
      if (!node.type.isError || node.from >= end) return;
      const span = { kind: 'error' as const, from: node.from, to: Math.max(node.to, node.from + 1) };
      if (cursor < span.from || cursor > span.to) spans.push(span);
    },
  });
  return spans;
}

/** `.sql on` is no code. */
function isCommand(text: string): boolean {
  return /^\s*\.[a-z]/i.test(text);
}
