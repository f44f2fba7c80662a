import { type Arbitrary, array, constantFrom, nat, oneof, record, string, tuple } from 'fast-check';

type Edit = (tokens: string[], at: number) => string[];

const WORDS =
  `await async function class new this super null undefined void typeof delete in of instanceof return throw try {} catch (e) {}
  let const var static get set yield enum namespace type interface as satisfies export default u users User Post session em
  db query commit add createAll rollback .. ... ?. ?? => = == === += ** ! ~ @ # \\ \` \${ } { ( ) [ ] < > ; , : ? . ' " /* */ // 1n
  0x 1e999 -0 NaN /a(/ /(?<a>.)/u #x \`\${ <T> !. as any label: ;;`
    .split(/\s+/)
    .filter(Boolean);

const BYTES = [
  '\0',
  '\x03',
  '\x04',
  '\x1b[2J',
  '\x1b]0;x\x07',
  '\r',
  '\r\n',
  '\t',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\udfff',
  '👩‍👩‍👧',
  '\u0301',
  '\u00a0',
];

const inserted =
  (text: string): Edit =>
  (tokens, at) =>
    tokens.toSpliced(at, 0, text);

const WRAPPERS: readonly (readonly [before: string, after: string])[] = [
  ['(() => { ', ' })()'],
  ['function f() { return ', ' }'],
  ['class A { m() { ', ' } }; new A().m()'],
  ['`${', '}`'],
  ['[', '].map(x => x)'],
  ['({ a: ', ' })'],
  ['try { ', ' } finally { 1 }'],
  ['(', ')'.repeat(3)],
  ['['.repeat(300), ']'.repeat(300)],
  ['await ', ''],
  ['for (const x of ', ') x'],
  ['nested(() => { ', ' })'],
];

const edits: Arbitrary<Edit> = oneof(
  constantFrom<Edit>(
    (tokens, at) => tokens.toSpliced(at, 1),
    (tokens, at) => tokens.toSpliced(at, 3),
    (tokens, at) => tokens.toSpliced(at, 0, tokens[at] ?? ''),
    (tokens, at) => tokens.toSpliced(at, 2, tokens[at + 1] ?? '', tokens[at] ?? ''),
    (tokens, at) => tokens.slice(0, at),
    (tokens, at) => tokens.slice(at),
  ),
  constantFrom(...WORDS).map(inserted),
  constantFrom(...WORDS).map(
    (word): Edit =>
      (tokens, at) =>
        tokens.toSpliced(at, 1, word),
  ),
  constantFrom(...BYTES).map(inserted),
  string({ maxLength: 6, unit: 'binary' }).map(inserted),
  constantFrom(...WRAPPERS).map(([before, after]): Edit => tokens => [before, ...tokens, after]),
);

/** Statements of a list, most of them damaged: tokens left out, doubled, exchanged, replaced, wrapped, cut, raw bytes in between. */
export function damaged(statements: readonly string[]): Arbitrary<string> {
  const changes = array(tuple(edits, nat(1000)), { maxLength: 4 });
  return record({ statement: constantFrom(...statements), changes }).map(({ statement, changes: each }) => {
    let tokens: string[] = statement.match(TOKENS) ?? [];
    for (const [edit, at] of each) tokens = edit(tokens, at % (tokens.length + 1));
    return tokens.join('');
  });
}

const TOKENS = /\s+|[\w$]+|[^]/g;
