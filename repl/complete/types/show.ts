import { alternatives, type Signature, type Type } from './type.ts';

/** How many characters of a type are shown. */
const maxLength = 60;

/** A type as text; undefined if nothing is known of it. */
export function showType(type: Type): string | undefined {
  if (type.kind === 'any' || type.kind === 'nothing' || type.kind === 'written') return undefined;
  if (type.kind === 'value' && type.as.kind === 'any' && typeof type.value === 'function') return undefined;
  const text = show(type);
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}

function show(type: Type): string {
  switch (type.kind) {
    case 'any':
    case 'written':
      return type.kind === 'any' ? 'any' : 'function';
    case 'nothing':
      return 'null';
    case 'literal':
      return typeof type.value === 'string' ? `'${type.value}'` : String(type.value);
    case 'entity':
      return type.entity.name;
    case 'condition':
      return type.property.type;
    case 'union':
      return showUnion(type);
    case 'function':
      return showSignature(type.signature);
    case 'object':
      return 'object';
    case 'value':
      return type.as.kind === 'any' ? 'object' : show(type.as);
    case 'variable':
      return type.name;
    case 'named':
      return showNamed(type.name, type.of);
  }
}

function showNamed(name: string, [first, ...others]: readonly Type[]): string {
  if (first === undefined) return name;
  if (name === 'Reference' || name === 'ScalarReference')
    return `${name.replace('erence', '')}<${show(first)}>`;
  if (name === 'Tuple') return `[${[first, ...others].map(show).join(', ')}]`;
  if (name === 'EntityClass') return `typeof ${show(first)}`;
  const isList = name === 'Array' || name === 'Collection';
  if (!isList) return `${name}<${[first, ...others].map(show).join(', ')}>`;
  return first.kind === 'union' || first.kind === 'function' ? `(${show(first)})[]` : `${show(first)}[]`;
}

/** `User?` is a user or null. */
function showUnion(type: Extract<Type, { kind: 'union' }>): string {
  const some = alternatives(type);
  const text = some.map(show).join(' | ');
  if (some.length === type.of.length) return text;
  return some.length > 1 || some[0]?.kind === 'function' ? `(${text})?` : `${text}?`;
}

function showSignature({ parameters, returns }: Signature): string {
  const shown = parameters.map(({ name, type, isRest, isOptional }) => {
    const typed = type.kind === 'any' ? '' : `: ${show(type)}`;
    return `${isRest ? '...' : ''}${name}${isOptional ? '?' : ''}${typed}`;
  });
  return `(${shown.join(', ')}) => ${show(returns)}`;
}
