import { maskPassword } from '../src/index.ts';

/** What a secret is called. */
const NAMES = String.raw`(?:passw|passphrase|pwd|secret|token|api_?key|credential|authori[sz]ation|bearer|private_?key|identified\s+by)`;

/** Tokens that are known by their form. */
const TOKENS =
  /\b(?:Bearer|Basic) [\w+/.=-]{8,}|\b(?:sk|pk|rk)[-_]\w[\w-]{15,}|\bgh[a-z]_\w{20,}|\bgithub_pat_\w*|\bxox[a-z]-[\w-]*|\bAKIA[\dA-Z]{16}|\beyJ[\w-]{10,}\.[\w-]{10,}|PRIVATE KEY-----/g;

/** What makes a statement one that holds a secret: giving something of such a name a value, or a text. */
const HOLDING = [
  new RegExp(String.raw`${NAMES}\w*['"\]]?\s*[:=]`, 'i'),
  new RegExp(String.raw`${NAMES}[^'"\`\n]{0,40}['"\`]`, 'i'),
  // What stands for a password in a URL.
  /\w:\/\/[^\s/]*:[^\s/]*@/,
  new RegExp(TOKENS.source),
];

/** The text in quotes that something of such a name is given or compared with, also in SQL. */
const GIVEN = new RegExp(
  String.raw`(${NAMES}\w*(?:['"\`]\s*,)?['"\`\])]*\s*(?:by|like|is|to)?[\s:=(!<>]*)(['"\`])((?:(?!\2)[^\\\n]|\\.)+)\2`,
  'gi',
);

/** Whether a statement may hold a secret, or holds one of the open database. */
export function holdsSecret(statement: string): boolean {
  return HOLDING.some(secret => secret.test(statement)) || maskPassword(statement) !== statement;
}

/** The secrets that show in a statement by the names of what gets them, or by their form. */
export function secretTexts(statement: string): string[] {
  const given = [...statement.matchAll(GIVEN)].map(([, , , value = '']) => value);
  return [...given, ...(statement.match(TOKENS) ?? [])];
}

/** Puts masks in the place of the secrets that show, as `secretTexts` finds them. */
export function maskSecretTexts(text: string, masks: ReadonlyMap<string, string>): string {
  return text
    .replace(GIVEN, (source, before: string, quote: string, value: string) => {
      const mask = masks.get(value);
      return mask === undefined ? source : `${before}${quote}${mask}${quote}`;
    })
    .replace(TOKENS, token => masks.get(token) ?? token);
}
