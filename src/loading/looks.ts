import { inspect } from 'node:util';
import { isShownByUs } from '../entity/install-inspect.ts';

/** How a value is looked at: its fields are copied, a text or a number is made of it, it is printed, or serialized. */
export type Look = 'fields' | 'text' | 'print' | 'json';

/** The functions of a class that JavaScript calls for a look at one of its objects. */
export function functionsFor(look: Look, prototype: object): readonly PropertyKey[] {
  switch (look) {
    case 'fields':
      return [];
    case 'text':
      return Symbol.toPrimitive in prototype ? [Symbol.toPrimitive] : ['toString', 'valueOf'];
    case 'print':
      return isShownByUs(prototype) ? ['toString'] : [inspect.custom];
    case 'json':
      return ['toJSON'];
  }
}

/** Whether a look at an object shows what it refers to, as far as that is loaded. */
export function showsRelated(look: Look, prototype: object): boolean {
  if (look === 'print')
    return isShownByUs(prototype) && Reflect.get(prototype, 'toString') === Object.prototype.toString;
  return look === 'json';
}
