import { alternatives, type Signature, type Type } from '../../complete/types/type.ts';

/** What is written of what is nothing more known. */
const unknown = 'any';

/** Writes a type so that the compiler reads it. */
export function writeType(type: Type): string {
  switch (type.kind) {
    case 'nothing':
      return 'null';
    case 'literal':
      return JSON.stringify(type.value);
    case 'entity':
      return type.entity.name;
    case 'union':
      return writeUnion(type);
    case 'function':
      return writeSignature(type.signature);
    case 'variable':
      return type.name;
    case 'named':
      return writeNamed(type.name, type.of);
    case 'value':
      return writeType(type.as);
    case 'object':
      return `{ ${type.members.map(({ name, type: of }) => `${JSON.stringify(name)}: ${writeType(of)};`).join(' ')} }`;
    case 'any':
    case 'condition':
    case 'written':
      return unknown;
  }
}

function writeUnion(type: Extract<Type, { kind: 'union' }>): string {
  const some = alternatives(type).map(writeType);
  const all = some.length < type.of.length ? [...some, 'null'] : some;
  return [...new Set(all)].map(each => (each.includes('=>') ? `(${each})` : each)).join(' | ');
}

function writeNamed(name: string, of: readonly Type[]): string {
  const [first = unknown, ...others] = of.map(writeType);
  if (name === 'Tuple') return `[${[first, ...others].join(', ')}]`;
  // What is read through a reference is read from the entity that it stands for.
  if (name === 'Reference') return `Reference<${first}> & ${first}`;
  if (name === 'EntityClass' && /^\w+$/.test(first)) return `typeof ${first}`;
  // The types of Node.js are not there.
  if (name === 'Buffer') return unknown;
  return of.length === 0 ? name : `${name}<${[first, ...others].join(', ')}>`;
}

function writeSignature({ variables, parameters, returns }: Signature): string {
  const written = parameters.map(
    ({ name, type, isRest, isOptional }) =>
      `${isRest ? '...' : ''}${name}${isOptional ? '?' : ''}: ${writeType(type)}`,
  );
  const generic = variables.length === 0 ? '' : `<${variables.join(', ')}>`;
  return `${generic}(${written.join(', ')}) => ${writeType(returns)}`;
}
