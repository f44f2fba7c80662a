import { binds, code, type Code, operand, owner, quoted } from './code.ts';
import { sure, str } from './kinds.ts';
import { stringValue, templateText, unescaped } from './literals.ts';
import { Refusal } from './refusal.ts';
import { type PyNode, parsePython } from './tree.ts';
import type { Writer } from './writer.ts';

/** What `str(x)` gives: Python and JavaScript write None, True, numbers and lists in different ways. */
export function textOf(value: Code): Code {
  const text = textInTemplate(value);
  return value.kind.is === 'str' ? value : code(`\`\${${text}}\``, str);
}

/** What to put into a template so that it reads as in Python. */
function textInTemplate(value: Code): string {
  const { kind, ts } = value;
  if (kind.isNullable === true) {
    const inner = { ...value, kind: sure(kind) };
    if (kind.is !== 'bool') {
      textInTemplate(inner);
      return `${operand(value, binds.equality)} ?? 'None'`;
    }
  }
  switch (kind.is) {
    case 'str':
    case 'int':
    case 'entity':
      return ts;
    case 'bool':
      if (kind.isNullable !== true) return `${operand(value, binds.or)} ? 'True' : 'False'`;
      break;
    case 'none':
      return "'None'";
    case 'error':
      return `${owner(value)}.message`;
    default:
  }
  throw new Refusal(`${value.ts} may read in another way in JavaScript than in Python`, `\`\${${ts}}\``);
}

/** An f-string. */
function formatString(writer: Writer, node: PyNode): Code {
  const [, prefix = '', quote = ''] = /^([a-z]*)('''|"""|'|")/i.exec(node.text) ?? [];
  const isRaw = /r/i.test(prefix);
  let at = node.from + prefix.length + quote.length;
  const text = (to: number): string =>
    templateText(
      unescaped(node.text.slice(at - node.from, to - node.from), isRaw)
        .replaceAll('{{', '{')
        .replaceAll('}}', '}'),
    );
  let written = '';
  for (const replacement of node.children) {
    if (replacement.type !== 'FormatReplacement') continue;
    written += text(replacement.from);
    written += `\${${replaced(writer, replacement)}}`;
    at = replacement.to;
  }
  written += text(node.to - quote.length);
  return code(`\`${written}\``, str);
}

function replaced(writer: Writer, { children, text }: PyNode): string {
  const [, expression, ...rest] = children;
  const others = rest.filter(({ type }) => type !== '}');
  if (expression === undefined) throw new Refusal(`${text} is empty`);
  const value = writer.expression(expression);
  const [only] = others;
  if (!only) return textInTemplate(value);
  const spec = only.type === 'FormatSpec' ? only.text.slice(1) : '';
  const digits = /^\.(\d+)f$/.exec(spec)?.[1];
  if (others.length === 1 && digits !== undefined && value.kind.is === 'int' && !value.kind.isNullable)
    return `${owner(value)}.toFixed(${digits})`;
  if (others.length === 1 && only.text === '!s') return textInTemplate(value);
  throw new Refusal(
    `The format ${others.map(each => each.text).join('')} is not translated`,
    digits === undefined ? `\${${value.ts}}` : `\${${value.ts}.toFixed(${digits})}`,
  );
}

/** `'Hello %s' % name`. */
export function percentFormat(writer: Writer, left: PyNode, right: PyNode): Code {
  const format = stringValue(left.text);
  const given =
    right.type === 'TupleExpression' ? right.children.filter(({ type }) => !/^[(),]$/.test(type)) : [right];
  const values = given.map(each => writer.expression(each));
  let used = 0;
  const written = format.split(/(%.)/).map(piece => {
    if (piece === '%%') return '%';
    if (!piece.startsWith('%')) return templateText(piece);
    const value = values[used++];
    const fits =
      value && (piece === '%s' || (piece === '%d' && value.kind.is === 'int' && !value.kind.isNullable));
    if (!fits) throw new Refusal(`The format ${piece} is not translated`, '`…${value}`');
    return `\${${textInTemplate(value)}}`;
  });
  if (used !== values.length) throw new Refusal('There are not as many values as the format takes');
  return code(`\`${written.join('')}\``, str);
}

/** `'{} by {}'.format(title, name)`, with numbers or names in the braces, too. */
export function formatted(
  writer: Writer,
  format: PyNode,
  positional: readonly PyNode[],
  keywords: ReadonlyMap<string, PyNode>,
): Code {
  let next = 0;
  const written = stringValue(format.text)
    .split(/(\{\{|\}\}|\{[^{}]*\})/)
    .map(piece => {
      if (piece === '{{' || piece === '}}') return piece[0];
      if (!/^\{.*\}$/.test(piece)) return templateText(piece);
      const [, name = '', path = ''] = /^\{(\w*)((?:\.\w+)*)\}$/.exec(piece) ?? [];
      const given = /^\d*$/.test(name) ? positional[name === '' ? next++ : Number(name)] : keywords.get(name);
      if (!given || (name === '' && piece !== '{}'))
        throw new Refusal(`The format ${piece} is not translated`, '`…${value}`');
      const [statement] = path === '' ? [] : parsePython(`(${given.text})${path}`).statements;
      return `\${${textInTemplate(writer.expression(statement?.children[0] ?? given))}}`;
    });
  return code(`\`${written.join('')}\``, str);
}

/** A text literal, of several lines or pieces or not. */
export function textLiteral(writer: Writer, node: PyNode): Code {
  if (node.type === 'String') return code(quoted(stringValue(node.text)), str);
  if (node.type === 'FormatString') return formatString(writer, node);
  const pieces = node.children.map(piece => textLiteral(writer, piece));
  if (node.children.every(({ type }) => type === 'String'))
    return code(quoted(node.children.map(piece => stringValue(piece.text)).join('')), str);
  return code(pieces.map(piece => piece.ts).join(' + '), str, binds.sum);
}
