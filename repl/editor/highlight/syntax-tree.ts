import { parser as ofAny } from '@lezer/javascript';

/** What the parser makes of a text. */
export type Tree = ReturnType<typeof ofAny.parse>;
type Fragments = NonNullable<Parameters<typeof ofAny.parse>[1]>;

const statements = ofAny.configure({ dialect: 'ts' });
const expression = ofAny.configure({ dialect: 'ts', top: 'SingleExpression' });

/** The characters around a change that the parser has looked at before it. */
const margin = 128;

/** The tree of a text that changes bit by bit: what has not changed is not parsed again. */
export class SyntaxTree {
  #text = '';
  #tree: Tree | undefined;

  of(text: string): Tree {
    if (this.#tree && text === this.#text) return this.#tree;
    const tree = statements.parse(text, this.#tree ? kept(this.#tree, this.#text, text) : []);
    this.#text = text;
    this.#tree = tree;
    // What begins like a block is an object if it can be one, as everywhere in the shell.
    if (!/^\s*\{/.test(text) || /;\s*$/.test(text) || !hasErrors(tree)) return tree;
    const object = expression.parse(text);
    if (errorCount(object) >= errorCount(tree)) return tree;
    this.#tree = object;
    return object;
  }
}

/** The parts of a tree before and behind what has changed in the text. */
function kept(tree: Tree, before: string, after: string): Fragments {
  if (tree.type.name !== 'Script') return [];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end += 1;
  const grown = after.length - before.length;
  const fragments = [
    { from: 0, to: start - margin, tree, offset: 0, openStart: false, openEnd: true },
    {
      from: after.length - end + margin,
      to: after.length,
      tree,
      offset: -grown,
      openStart: true,
      openEnd: false,
    },
  ];
  return fragments.filter(({ from, to }) => to - from > margin);
}

function hasErrors(tree: Tree): boolean {
  return errorCount(tree) > 0;
}

function errorCount(tree: Tree): number {
  let count = 0;
  tree.iterate({ enter: ({ type }) => void (count += type.isError ? 1 : 0) });
  return count;
}
