import { type KeyEvent, keyNamed } from './key-event.ts';

const letters: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  M: 'enter',
};

const numbers: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

/** What follows `ESC [` or `ESC O`, in parts: parameters and the character that ends it. */
const sequence = /^\u001B(\u001B?)(?:\[\[([A-E])|\[([0-?]*)[ -/]*([@-Z\\-~])|O([0-9;]*)([A-Za-z]))$/;

/**
 * @param text a whole escape sequence of more than two characters
 * @returns the key that sends it; undefined for a sequence of no key that is known, such as an answer of the terminal
 */
export function readSequence(text: string): KeyEvent | undefined {
  const [, escape = '', console, parameters, final = '', ofThree, finalOfThree = ''] =
    sequence.exec(text) ?? [];
  if (console !== undefined) return keyNamed(`f${console.charCodeAt(0) - 64}`);
  const [first = '', second = '', third = ''] = (parameters ?? ofThree ?? '').split(';');
  // `ESC O 5 A` means what `ESC [ 1 ; 5 A` does.
  const bits = Number.parseInt(second || ofThree || '1', 10) - 1;
  // The place of the cursor looks like a key with modifiers that there are not.
  if (!(bits >= 0 && bits < 256)) return undefined;
  const held = modifiers(bits, escape !== '');
  if (parameters === undefined) return readThird(finalOfThree, held);
  if (final === '~' && first === '27') return keyOfCode(Number(third), held);
  if (final === 'u') return keyOfCode(Number.parseInt(first, 10), held);
  // rxvt writes Ctrl so.
  if (final === '^' || final === '~')
    return named(numbers[first], { ...held, ctrl: held.ctrl || final === '^' });
  if (final === 'Z') return keyNamed('tab', { ...held, shift: true });
  return /^[a-d]$/.test(final) && parameters === ''
    ? named(letters[final.toUpperCase()], { ...held, shift: true })
    : named(letters[final], held);
}

/** The key of a character that has no sequence of its own. */
export function keyOfCode(
  code: number,
  held: { readonly ctrl: boolean; readonly meta: boolean; readonly shift: boolean },
): KeyEvent | undefined {
  const name = { 8: 'backspace', 9: 'tab', 10: 'enter', 13: 'enter', 27: 'escape', 127: 'backspace' }[code];
  if (name !== undefined) return keyNamed(name, held);
  if (!(code >= 32 && code <= 0x10ffff)) return undefined;
  const text = String.fromCodePoint(code);
  if (!held.ctrl && !held.meta) return { kind: 'text', text: held.shift ? text.toUpperCase() : text };
  const isLetter = /^[a-z]$/i.test(text);
  if (isLetter && held.ctrl && !held.meta && !held.shift && /[im]/i.test(text))
    return keyNamed(text.toLowerCase() === 'i' ? 'tab' : 'enter');
  const shifted = held.shift && !held.ctrl ? text.toUpperCase() : held.ctrl ? text.toLowerCase() : text;
  return keyNamed(text === ' ' ? 'space' : shifted, { ...held, shift: false });
}

function readThird(final: string, held: ReturnType<typeof modifiers>): KeyEvent | undefined {
  const isCtrl = /^[a-d]$/.test(final);
  return named(letters[final.toUpperCase()], { ...held, ctrl: held.ctrl || isCtrl });
}

function named(key: string | undefined, held: ReturnType<typeof modifiers>): KeyEvent | undefined {
  return key === undefined ? undefined : keyNamed(key, held);
}

function modifiers(bits: number, escaped: boolean) {
  return { shift: (bits & 1) !== 0, meta: escaped || (bits & 10) !== 0, ctrl: (bits & 4) !== 0 };
}
