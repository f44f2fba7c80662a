import type { AnyNode } from 'acorn';
import { type HiddenProperties, maskPassword } from '../../../src/index.ts';
import { parseTyped } from '../../syntax/parse.ts';

/** A statement and what it printed. */
export interface RecordedStep {
  readonly typed: string;
  readonly output: readonly string[];
}

/**
 * Takes the values of hidden properties out of what was typed and printed. The same value becomes the same mask, and
 * another one another, so that what was unique stays so.
 */
export function maskSecrets(steps: readonly RecordedStep[], hidden: HiddenProperties): RecordedStep[] {
  const masks = new Map<string, string>();
  const secrets = [...steps.flatMap(({ typed }) => secretsOf(typed, hidden.names)), ...hidden.values];
  for (const secret of secrets.filter(Boolean))
    if (!masks.has(secret)) masks.set(secret, `***${masks.size === 0 ? '' : masks.size + 1}`);
  const whole = [...masks].filter(([secret]) => secret.length >= 4 && !hidden.words.has(secret));
  const maskOutput = (line: string) =>
    whole.reduce(
      (masked, [secret, mask]) => masked.replaceAll(secret, mask),
      masks.get(line) ?? maskLiterals(line, masks),
    );
  return steps.map(({ typed, output }) => ({
    typed: maskPassword(maskLiterals(typed, masks)),
    output: output.map(line => maskPassword(maskOutput(line))),
  }));
}

/** The texts that a statement gives to hidden properties, or to variables of their names. */
function secretsOf(typed: string, hidden: ReadonlySet<string>): string[] {
  const parsed = parseTyped(typed);
  const secrets: string[] = [];
  const note = (name: string | undefined, value: unknown) => {
    if (name === undefined || !hidden.has(name)) return;
    visit(value, node => {
      if (node.type === 'Literal' && typeof node.value === 'string') secrets.push(node.value);
      if (node.type === 'TemplateElement' && node.value.cooked) secrets.push(node.value.cooked);
    });
  };
  if (parsed.kind !== 'program') return [];
  visit(parsed.program, node => {
    if (node.type === 'Property') note(nameOf(node.key), node.value);
    if (node.type === 'VariableDeclarator') note(nameOf(node.id), node.init);
    if (node.type === 'AssignmentExpression')
      note(nameOf(node.left.type === 'MemberExpression' ? node.left.property : node.left), node.right);
  });
  return secrets;
}

function nameOf(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** Replaces strings in quotes, but for names of properties. */
function maskLiterals(text: string, masks: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /(['"`])((?:(?!\1)[^\\]|\\.)*)\1/g,
    (source, quote: string, value: string, at: number) => {
      const mask = masks.get(value);
      const isName = /^\s*[:\]]/.test(text.slice(at + source.length)) && /[{,[]\s*$/.test(text.slice(0, at));
      return mask === undefined || isName ? source : `${quote}${mask}${quote}`;
    },
  );
}

function visit(value: unknown, see: (node: AnyNode) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') see(value as AnyNode);
  for (const child of Object.values(value)) visit(child, see);
}
