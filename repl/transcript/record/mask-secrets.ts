import type { AnyNode, Node } from 'acorn';
import { type HiddenProperties, maskPassword } from '../../../src/index.ts';
import { maskSecretTexts, secretTexts } from '../../secrets.ts';
import { parseTyped } from '../../syntax/parse.ts';
import { walk } from '../../syntax/walk.ts';

/** A shorter secret is masked in quotes or alone on a line only, as it may be in any text by coincidence. */
const shortestReplacedSecret = 4;

/** A statement and what it printed. */
export interface RecordedStep {
  readonly typed: string;
  readonly output: readonly string[];
}

/**
 * Masks the values of hidden properties, and other secrets that show, in what was typed and printed. Equal values get equal masks and different values
 * different ones, so that unique values stay unique.
 */
export function maskSecrets(steps: readonly RecordedStep[], hidden: HiddenProperties): RecordedStep[] {
  const masks = new Map<string, string>();
  const secrets = [...steps.flatMap(step => secretsIn(step, hidden.names)), ...hidden.values];
  for (const secret of secrets.filter(Boolean))
    if (!masks.has(secret)) masks.set(secret, `***${masks.size === 0 ? '' : masks.size + 1}`);
  const replaced = [...masks].filter(
    ([secret]) => secret.length >= shortestReplacedSecret && !hidden.words.has(secret),
  );
  const maskOutput = (line: string) =>
    replaced.reduce(
      (masked, [secret, mask]) => masked.replaceAll(secret, mask),
      masks.get(line) ?? maskLiterals(line, masks),
    );
  return steps.map(({ typed, output }) => ({
    typed: maskPassword(maskSecretTexts(maskLiterals(typed, masks), masks)),
    output: output.map(line => maskPassword(maskSecretTexts(maskOutput(line), masks))),
  }));
}

/** A recording is masked again after each of its steps. */
const knownSecrets = new WeakMap<RecordedStep, readonly string[]>();

function secretsIn(step: RecordedStep, hidden: ReadonlySet<string>): readonly string[] {
  const secrets = knownSecrets.get(step) ?? secretsOf(step.typed, hidden);
  knownSecrets.set(step, secrets);
  return secrets;
}

/**
 * The strings that a statement assigns to hidden properties, or to variables of the same name, and what is a secret by its
 * form or the name of what gets it.
 */
function secretsOf(typed: string, hidden: ReadonlySet<string>): string[] {
  const parsed = parseTyped(typed);
  const secrets = secretTexts(typed);
  const note = (name: string | undefined, value: Node | null | undefined) => {
    if (name === undefined || !value || !hidden.has(name)) return;
    walk(value, node => {
      if (node.type === 'Literal' && typeof node.value === 'string') secrets.push(node.value);
      if (node.type === 'TemplateElement' && node.value.cooked) secrets.push(node.value.cooked);
    });
  };
  if (parsed.kind !== 'program') return secrets;
  walk(parsed.program, node => {
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

/** Replaces quoted strings, except property names. */
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
