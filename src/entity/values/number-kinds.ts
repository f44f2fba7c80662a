import { type Kind, Unfit } from './kind.ts';

const INTEGER = /^\s*[-+]?\d{1,40}\s*$/;
const DECIMAL = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/i;

/** Integers of so many bits. Those that a number cannot hold exactly are a bigint. */
export function integers(bits: number, isUnsigned: boolean): Kind {
  const least = isUnsigned ? 0n : -(2n ** BigInt(bits - 1));
  const most = 2n ** BigInt(isUnsigned ? bits : bits - 1) - 1n;
  const label = `an ${isUnsigned ? 'unsigned ' : ''}integer of ${bits} bits`;
  return {
    label: 'an integer',
    read(value) {
      const integer = asInteger(value);
      if (integer === undefined) return new Unfit(value);
      if (integer < least || integer > most) return new Unfit(value, { label });
      return typeof value === 'number' ? value : asNumber(integer);
    },
  };
}

/** Integers of 64 bits, in the form that MikroORM's type of this mode holds. */
export function bigints(mode: 'bigint' | 'number' | 'string' | undefined, isUnsigned: boolean): Kind {
  const { read, label } = integers(64, isUnsigned);
  return {
    label,
    read(value) {
      const integer = read(value);
      if (integer instanceof Unfit || mode === 'number') return integer;
      return mode === 'string' ? String(integer) : BigInt(integer as number | bigint);
    },
  };
}

/** Any numbers but NaN and the infinite ones, which not every database knows. */
export const numbers: Kind = {
  label: 'a number',
  read(value) {
    const number = typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : value;
    if (typeof number === 'bigint')
      return asInteger(Number(number)) === number ? Number(number) : new Unfit(value);
    return Number.isFinite(number) ? number : new Unfit(value);
  },
};

/** Decimals with so many digits, and so many of them after the point. */
export function decimals({
  precision,
  scale = 0,
  isNumber,
  isExact,
}: {
  readonly precision: number | undefined;
  readonly scale: number | undefined;
  readonly isNumber: boolean;
  readonly isExact: boolean;
}): Kind {
  return {
    label: 'a decimal',
    read(value) {
      const text = decimalText(value);
      if (text === undefined) return new Unfit(value);
      const { whole, digits } = digitsOf(text);
      if (precision !== undefined && whole > precision - scale)
        return new Unfit(value, {
          label: `a decimal of ${precision} digits, ${scale} of them after the point,`,
        });
      if ((isNumber || !isExact) && digits !== digitsOf(String(Number(text))).digits) return new Unfit(value);
      if (isNumber) return Number(text);
      return typeof value === 'string' ? value : text;
    },
  };
}

function decimalText(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' && DECIMAL.test(value) ? value : undefined;
}

/** How many digits there are before the point, and which digits there are at all. */
function digitsOf(text: string): { readonly whole: number; readonly digits: string } {
  const [, before = '', after = '', exponent = '0'] =
    /^[-+]?(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text) ?? [];
  const all = before + after;
  const leading = /^0*/.exec(all)?.[0].length ?? 0;
  const digits = all.slice(leading).replace(/0+$/, '');
  return { whole: digits === '' ? 0 : before.length + Number(exponent) - leading, digits };
}

function asInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  // Beyond that a number may be the rounded form of another one.
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && INTEGER.test(value) ? BigInt(value.trim().replace('+', '')) : undefined;
}

function asNumber(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}
