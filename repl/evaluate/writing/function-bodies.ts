import type { Function as FunctionNode, Node } from 'acorn';
import { boundNames, functionNames, variableNames } from '../../syntax/names.ts';
import { temporary, withTemporaries } from './awaited.ts';
import { hoisting } from './compiled-names.ts';
import { hasOwnScope, hoistedInside } from './function-names.ts';
import type { Position } from './position.ts';
import { writeRegistrations } from './registrations.ts';
import type { Writer } from './writer.ts';

/**
 * @param before statements before the body, such as those that take the parameters apart
 * @param scope whether the body is a block inside the function, so that its names are not those of the parameters
 */
export function writeBody(
  node: FunctionNode,
  within: Position,
  writer: Writer,
  before: string,
  scope: 'function' | 'block',
): string {
  const { body } = node;
  const apart = scope === 'block' && hasOwnScope(node) ? declareApart(node, within) : undefined;
  const inside = apart?.inside ?? within;
  if (body.type !== 'BlockStatement') {
    const value = writer.returned(body, inside);
    if (inside.temporaries.size === 0 && before === '') return `(${value})`;
    return withTemporaries(`{ ${before} return ${value}; }`, inside.temporaries);
  }
  const end = body.body.findIndex(
    statement => !('directive' in statement) || statement.directive === undefined,
  );
  const directives = body.body.slice(0, end < 0 ? body.body.length : end);
  const written = writer.fill(body, body.body, statement => writer.write(statement, inside));
  const start = (directives.at(-1)?.end ?? body.start + 1) - body.start;
  const head = `${writer.text(body).slice(0, start)}${directives.length > 0 ? ';' : ''} `;
  const rest = `${writeRegistrations(body.body, inside, writer)}${afterDirectives(written, writer, body, directives)}`;
  const block = apart ? `${apart.before} { ${apart.inBlock}${rest} } }` : `{ ${rest} }`;
  const code = `${head}${before} ${scope === 'block' ? block : rest}`;
  return withTemporaries(code, inside.temporaries);
}

/** What is written for the statements behind the directives. */
function afterDirectives(written: string, writer: Writer, body: Node, directives: readonly Node[]): string {
  const last = directives.at(-1);
  if (!last) return written.slice(1);
  // Directives are written as they are, with a semicolon.
  const text = writer.source.slice(body.start, last.end);
  return written.slice(written.indexOf(text) === 0 ? text.length : last.end - body.start).replace(/^;/, '');
}

/**
 * The variables of a body, declared in a block around it, where the parameters do not see them. One of the name of a
 * parameter begins with its value.
 */
function declareApart(
  node: FunctionNode,
  at: Position,
): { readonly inside: Position; readonly before: string; readonly inBlock: string } | undefined {
  if (node.body.type !== 'BlockStatement') return undefined;
  const hoisted = [...new Set(hoistedInside(node, at.isStrict))];
  const names = new Set([...variableNames(node.body), ...hoisted, ...functionNames(node.body.body)]);
  if (names.size === 0) return undefined;
  const parameters = node.params.flatMap(boundNames);
  const captured: string[] = [];
  const declared = [...names].map(name => {
    if (!parameters.includes(name)) return name;
    const value = temporary(at);
    captured.push(`${value} = ${name}; `);
    return `${name} = ${value}`;
  });
  const setters = hoisted.map(name => `const ${hoisting(name)} = value => { ${name} = value; }; `);
  return {
    inside: { ...at, level: 'body', hoisted: { here: [], below: hoisted } },
    before: `${captured.join('')}{ let ${declared.join(', ')};`,
    inBlock: setters.join(''),
  };
}
