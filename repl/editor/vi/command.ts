import type { Operator } from './operators.ts';

/** A command of the normal mode, as its keys were typed. */
export type Command =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'move'; readonly count: number | undefined; readonly motion: string }
  | {
      readonly kind: 'operate';
      readonly operator: Operator;
      readonly count: number | undefined;
      /** The operator itself for whole lines. */
      readonly motion: string;
    }
  | { readonly kind: 'action'; readonly count: number; readonly action: string; readonly character: string };

const motion = /^(?:[hl0^$wWbBeEjkG%;,]|gg|[fFtT].)$/su;
const action = /^(?:[pP~uiaIAoO.J/]|r.|redo)$/su;
const partOfOne = /^(?:[fFtTrg])?$/;

/** Commands that are short for others. */
const short: Readonly<Record<string, string>> = {
  x: 'dl',
  X: 'dh',
  D: 'd$',
  C: 'c$',
  Y: 'yy',
  s: 'cl',
  S: 'cc',
  ' ': 'l',
};

/** Reads the keys of a command: a count, an operator with a count of its own, and a motion; or an action. */
export function readCommand(keys: string): Command {
  const [, first = '', operator = '', second = '', rest = ''] =
    /^([1-9]\d*)?([dcy])?([1-9]\d*)?(.*)$/su.exec(expanded(keys)) ?? [];
  const count =
    first === '' && second === '' ? undefined : Math.min(Number(first || 1) * Number(second || 1), 10_000);
  if (partOfOne.test(rest)) return { kind: 'incomplete' };
  if (operator !== '') {
    const isKnown = rest === operator || motion.test(rest);
    return isKnown
      ? { kind: 'operate', operator: operator as Operator, count, motion: rest }
      : { kind: 'unknown' };
  }
  if (motion.test(rest)) return { kind: 'move', count, motion: rest };
  if (!action.test(rest)) return { kind: 'unknown' };
  const isReplacing = rest.startsWith('r') && rest !== 'redo';
  const [name, character] = isReplacing ? ['r', rest.slice(1)] : [rest, ''];
  return { kind: 'action', count: count ?? 1, action: name, character };
}

function expanded(keys: string): string {
  const [, count = '', key = ''] = /^(\d*)(.)$/su.exec(keys) ?? [];
  return Object.hasOwn(short, key) ? count + short[key] : keys;
}
