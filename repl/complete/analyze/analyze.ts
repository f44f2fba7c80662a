import { type HalfTyped, placeholder, readHalfTyped } from './half-typed.ts';
import { around, type SyntaxNode } from './tree.ts';
import type { Analysis, Typing } from './typing.ts';

/** Finds out what is being typed at a position of a text, which may be anything. Nothing runs. */
export function analyze(text: string, cursor: number): Analysis {
  const before = text.slice(0, cursor);
  const dotted = /^\s*\.(?:[a-z][\w-]*)?$/i.test(before);
  if (dotted) return at(text, cursor, /[\w-]*$/, /^[\w-]*/, { kind: 'command' });
  const argument = /^\s*\.([a-z][\w-]*)[^\S\n]+[^\n]*$/i.exec(before);
  if (argument?.[1] !== undefined)
    return at(text, cursor, /\S*$/, /^\S*/, { kind: 'argument', command: argument[1] });
  const read = readHalfTyped(text, cursor);
  const typing = typingAt(read, before);
  const isInString = 'written' in typing && (typing.kind !== 'key' || typing.quote !== '');
  const part: Parts = !isInString ? word : typing.kind === 'module' ? step : segment;
  return at(text, cursor, ...part, typing, read.text);
}

type Parts = readonly [before: RegExp, after: RegExp];

const word: Parts = [/[\p{ID_Start}$_][\p{ID_Continue}$]*$/u, /^[\p{ID_Continue}$]*/u];
/** A part of the path in a string. */
const segment: Parts = [/[^\s.'"`-]*$/, /^[^\s.'"`]*/];
/** A part of the name of a module. */
const step: Parts = [/[^/'"`]*$/, /^[^/'"`]*/];

function at(
  text: string,
  cursor: number,
  ...[before, after, typing, parsed = '']: [...Parts, typing: Typing, parsed?: string]
): Analysis {
  const typed = before.exec(text.slice(0, cursor))?.[0] ?? '';
  const rest = typed === '' ? '' : (after.exec(text.slice(cursor))?.[0] ?? '');
  return { typing, from: cursor - typed.length, to: cursor + rest.length, typed, text: parsed };
}

const nothing: Typing = { kind: 'nothing' };

function typingAt({ node, text }: HalfTyped, before: string): Typing {
  const { parent } = node;
  if (!parent) return nothing;
  switch (node.name) {
    case 'VariableName':
      return typingName(node, parent, before);
    case 'PropertyName':
      if (parent.name === 'PatternProperty' && parent.parent)
        return { kind: 'pattern', pattern: parent.parent };
      return parent.name === 'MemberExpression' && parent.firstChild
        ? { kind: 'member', of: parent.firstChild }
        : nothing;
    case 'PropertyDefinition':
      return parent.name === 'Property' && parent.parent
        ? { kind: 'key', object: parent.parent, written: '', quote: '' }
        : nothing;
    case 'VariableDefinition':
      return isShorthand(node, parent) && parent.parent
        ? { kind: 'pattern', pattern: parent.parent }
        : nothing;
    case 'String':
      return typingString(node, parent, text);
    case 'TypeName':
      return { kind: 'type' };
    default:
      return nothing;
  }
}

/** A name; none directly after an operand, which wants an operator first. */
function typingName(node: SyntaxNode, parent: SyntaxNode, before: string): Typing {
  if (parent.name.endsWith('Group')) return nothing;
  const typed = word[0].exec(before)?.[0] ?? '';
  const previous = before.slice(0, before.length - typed.length);
  if (/[\w$)\]}'"`]$|(?:^|[^\w$.])\d[\d_]*\.$/.test(previous)) return nothing;
  const isLoose = node.prevSibling?.type.isError === true || parent.type.isError;
  if (typed === '' && (isLoose || followsOperand(previous))) return nothing;
  return { kind: 'name', node, isStatement: parent.name === 'ExpressionStatement' };
}

const wantsOperand =
  /(?:^|[^\w$.])(?:return|await|new|typeof|in|of|case|void|delete|throw|else|do|yield|instanceof)$/;

/** Whether an operand ends on the same line, as in `user `. */
function followsOperand(previous: string): boolean {
  const line = previous.slice(previous.lastIndexOf('\n') + 1).trimEnd();
  const isCondition = /^\s*(?:if|while|for)\b.*\)$/.test(line);
  return /[\w$)\]'"`]$/.test(line) && !wantsOperand.test(line) && !isCondition;
}

/** `{ a }` in a pattern names what is read; `{ a: b }`, `{ ...b }` and others declare a new name. */
function isShorthand(node: SyntaxNode, parent: SyntaxNode): boolean {
  return parent.name === 'PatternProperty' && !node.prevSibling;
}

function typingString(node: SyntaxNode, parent: SyntaxNode, text: string): Typing {
  const quote = text.charAt(node.from);
  const written = text.slice(node.from + 1, text.indexOf(placeholder, node.from));
  if (/^(?:DynamicImport|ImportDeclaration|ExportDeclaration)$/.test(parent.name))
    return { kind: 'module', written };
  if (parent.name === 'Property' && !node.prevSibling && parent.parent)
    return { kind: 'key', object: parent.parent, written, quote };
  if (parent.name === 'MemberExpression' && parent.firstChild)
    return { kind: 'index', of: parent.firstChild };
  const call = parent.name === 'ArgList' ? around(node, 'CallExpression') : undefined;
  const callee = call?.firstChild;
  if (callee && text.slice(callee.from, callee.to) === 'require') return { kind: 'module', written };
  return { kind: 'string', node, written };
}
