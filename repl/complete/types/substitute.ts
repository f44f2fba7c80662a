import { alternatives, any, known, type Signature, type Type, union } from './type.ts';

/** What the parameters of types stand for. */
export type Bindings = Map<string, Type>;

/** A type with its parameters replaced by what they stand for; `any` for one that nothing is known of. */
export function substitute(type: Type, bindings: ReadonlyMap<string, Type>): Type {
  switch (type.kind) {
    case 'variable':
      return bindings.get(type.name) ?? type;
    case 'named':
      return type.of.length === 0 ? type : { ...type, of: type.of.map(each => substitute(each, bindings)) };
    case 'union':
      return union(type.of.map(each => substitute(each, bindings)));
    case 'function':
      return { kind: 'function', signature: substituteSignature(type.signature, bindings) };
    default:
      return type;
  }
}

function substituteSignature(signature: Signature, bindings: ReadonlyMap<string, Type>): Signature {
  return {
    ...signature,
    parameters: signature.parameters.map(each => ({ ...each, type: substitute(each.type, bindings) })),
    returns: substitute(signature.returns, bindings),
  };
}

/** A type in which nothing is left to be found out. */
export function settle(type: Type): Type {
  if (type.kind === 'variable') return any;
  if (type.kind === 'named') return { ...type, of: type.of.map(settle) };
  return type.kind === 'union' ? union(type.of.map(settle)) : type;
}

/** Finds out what the parameters of a declared type stand for where a value of another type is given. */
export function unify(declared: Type, given: Type, bindings: Bindings): void {
  if (given.kind === 'any') return;
  if (declared.kind === 'variable') {
    if (!bindings.has(declared.name)) bindings.set(declared.name, given);
    return;
  }
  if (declared.kind === 'union') {
    const isList = (type: Type) => itemOf(type).kind !== 'any';
    const best = declared.of.find(each => isList(each) === isList(given)) ?? declared.of[0];
    if (best) unify(best, given, bindings);
    return;
  }
  if (declared.kind !== 'named') return;
  if (declared.name === 'Array') {
    unify(declared.of[0] ?? any, itemOf(given), bindings);
    return;
  }
  const type = known(given);
  if (type.kind !== 'named' || type.name !== declared.name) return;
  for (const [index, part] of declared.of.entries()) unify(part, type.of[index] ?? any, bindings);
}

/** The type of an item of a list; of a tuple, each has its own. */
export function itemAt(list: Type, index: number): Type {
  const type = known(list);
  return type.kind === 'named' && type.name === 'Tuple' ? (type.of[index] ?? any) : itemOf(list);
}

/** The type of the items of what can be iterated over. */
export function itemOf(list: Type): Type {
  const found = alternatives(list).map(each => {
    const type = known(each);
    if (type.kind !== 'named') return any;
    if (type.name === 'string') return type;
    if (type.name === 'Tuple') return union(type.of);
    return /^(?:Array|Collection|Set|Query)$/.test(type.name) ? (type.of[0] ?? any) : any;
  });
  return found.length === 0 ? any : union(found);
}
