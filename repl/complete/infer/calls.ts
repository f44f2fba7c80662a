import { children, items, type SyntaxNode } from '../analyze/tree.ts';
import { conversions } from '../types/declared.ts';
import { type Bindings, itemAt, itemOf, settle, substitute, unify } from '../types/substitute.ts';
import { alternatives, any, known, named, type Parameter, type Signature, type Type } from '../types/type.ts';
import { typeOfProperty } from '../types/property-type.ts';
import { instanceOf } from './functions.ts';
import type { Call, Typer } from './typer.ts';

/** What is known of a call; undefined if nothing is. */
export function callOf(node: SyntaxNode, typer: Typer): Call | undefined {
  const list = node.getChild('ArgList');
  const args = list ? items(list) : [];
  const callee = node.name === 'NewExpression' ? children(node)[1] : node.firstChild;
  if (!callee) return undefined;
  const [type = any] = alternatives(typer.typeOf(callee));
  if (node.name === 'NewExpression') return construction(type, args, typer);
  if (type.kind === 'written') return type.written;
  const called = known(type);
  if (called.kind === 'function') return declaredCall(called.signature, args, typer);
  if (type.kind !== 'value') return undefined;
  const { value } = type;
  return { parameter: () => any, returns: () => conversions.get(value) ?? typer.returnedBy(value) };
}

function declaredCall(signature: Signature, args: readonly SyntaxNode[], typer: Typer): Call {
  const { parameters, returns } = signature;
  const given = (count: number, withFunctions: boolean) => {
    const bindings: Bindings = new Map();
    for (const [index, arg] of args.slice(0, count).entries())
      bind(parameterAt(parameters, index), arg, bindings, withFunctions);
    return bindings;
  };
  const bind = (parameter: Type, arg: SyntaxNode, bindings: Bindings, withFunctions: boolean) => {
    if (parameter.kind !== 'function') unify(parameter, typer.typeOf(arg), bindings);
    else if (withFunctions) {
      const type = typer.typeOf(arg);
      if (type.kind === 'written') unify(parameter.signature.returns, type.written.returns(), bindings);
    }
  };
  return {
    // Functions are typed by what is wanted of them, and so tell nothing about it.
    parameter: index => substitute(parameterAt(parameters, index), given(args.length, false)),
    returns: () => settle(substitute(returns, given(args.length, true))),
  };
}

function parameterAt(parameters: readonly Parameter[], index: number): Type {
  const last = parameters.at(-1);
  const parameter = parameters[index] ?? (last?.isRest === true ? last : undefined);
  if (parameter === undefined) return any;
  const { type, isRest } = parameter;
  return isRest && type.kind === 'named' && type.name === 'Array' ? (type.of[0] ?? any) : type;
}

/** `new User({ … })`: a constructor with parameters of its own takes what they are named after. */
function construction(type: Type, args: readonly SyntaxNode[], typer: Typer): Call | undefined {
  const called = known(type);
  if (called.kind === 'named' && called.name === 'EntityClass' && called.of[0]?.kind === 'entity') {
    const [made] = called.of;
    const { parameters, properties } = made.entity;
    const property = (index: number) => properties.find(({ name }) => name === parameters[index]);
    return {
      parameter(index) {
        const found = property(index);
        if (found) return typeOfProperty(found, typer.context.session);
        return index === 0 ? named('Fields', made) : any;
      },
      returns: () => made,
    };
  }
  const instance = instanceOf(type);
  return instance && { parameter: () => any, returns: () => filled(instance, args, typer) };
}

/** `new Set(list)` and `new Map(pairs)` have what they are given. */
function filled(instance: Type, [first]: readonly SyntaxNode[], typer: Typer): Type {
  if (!first || instance.kind !== 'named' || !/^(?:Set|Map)$/.test(instance.name)) return instance;
  const item = itemOf(typer.typeOf(first));
  return instance.name === 'Set' ? named('Set', item) : named('Map', itemAt(item, 0), itemAt(item, 1));
}
