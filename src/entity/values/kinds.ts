import { types } from 'node:util';
import { type Kind, Unfit } from './kind.ts';

const UUID = /^\{?[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}\}?$/i;

export function texts(takesNul: boolean): Kind {
  return {
    label: 'a text',
    read: value => (typeof value === 'string' && isKept(value, takesNul) ? value : new Unfit(value)),
  };
}

export const uuids: Kind = {
  label: 'a UUID',
  read: value => (typeof value === 'string' && UUID.test(value) ? value : new Unfit(value)),
};

const BOOLEANS = new Map<unknown, boolean>([
  [0, false],
  [1, true],
  [0n, false],
  [1n, true],
  ['false', false],
  ['true', true],
  ['0', false],
  ['1', true],
]);

export const booleans: Kind = {
  label: 'a boolean',
  read: value => (typeof value === 'boolean' ? value : (BOOLEANS.get(value) ?? new Unfit(value))),
};

/** One of a list of values. Numbers may be given as texts. */
export function items(list: readonly unknown[]): Kind {
  return {
    label: `one of ${list.map(item => JSON.stringify(item)).join(', ')}`,
    read(value) {
      if (list.includes(value)) return value;
      const same = list.find(
        item => typeof item === 'number' && typeof value === 'string' && String(item) === value,
      );
      return same ?? new Unfit(value);
    },
  };
}

export function bytes(isBuffer: boolean): Kind {
  return {
    label: 'a Buffer',
    read(value) {
      if (types.isUint8Array(value)) return isBuffer && !Buffer.isBuffer(value) ? Buffer.from(value) : value;
      if (!types.isArrayBuffer(value)) return new Unfit(value);
      return isBuffer ? Buffer.from(value) : new Uint8Array(value);
    },
  };
}

/**
 * A list of values of one kind.
 *
 * @param survives whether MikroORM reads back from the database what it writes for the list
 */
export function lists(item: Kind, survives: (list: readonly unknown[]) => boolean): Kind {
  return {
    label: item === anything ? 'a list' : `a list of which each is ${item.label}`,
    isObject: true,
    read(value) {
      if (!Array.isArray(value)) return new Unfit(value);
      const read = value.map(each => item.read(each));
      const index = read.findIndex(each => each instanceof Unfit);
      if (index >= 0) return read[index];
      if (!survives(read)) return new Unfit(value);
      return read.every((each, i) => Object.is(each, value[i])) ? value : read;
    },
  };
}

/** What JSON says: it would leave out functions and symbols, and make something else of NaN, Maps and Sets. */
export function json(takesNul: boolean): Kind {
  const unfitIn = (value: unknown, path: string, above: readonly object[]): Unfit | undefined => {
    switch (typeof value) {
      case 'boolean':
      case 'undefined':
        return undefined;
      case 'number':
        return Number.isFinite(value) ? undefined : new Unfit(value, { path });
      case 'string':
        return isKept(value, takesNul) ? undefined : new Unfit(value, { path });
      case 'object':
        break;
      default:
        return new Unfit(value, { path });
    }
    if (value === null) return undefined;
    if (above.includes(value) || types.isMap(value) || types.isSet(value)) return new Unfit(value, { path });
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return unfitIn(ownForm(value), path, [...above, value]);
    for (const [name, inner] of Object.entries(value)) {
      const step = Array.isArray(value) ? `[${name}]` : `.${name}`;
      const found = isKept(name, takesNul)
        ? unfitIn(inner, path + step, [...above, value])
        : new Unfit(name, { path });
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { label: 'JSON', isObject: true, read: value => unfitIn(value, '', []) ?? value };
}

/** An Invalid Date has no form, and a class of the user's may throw. */
function ownForm(value: object): unknown {
  try {
    const form: unknown = (value as { toJSON(): unknown }).toJSON();
    return types.isDate(value) && form === null ? Number.NaN : form;
  } catch {
    return Number.NaN;
  }
}

/** What another type looks after. */
export const custom: Kind = { label: 'a value', isObject: true, read: value => value };

/** What nothing is known of. */
export const anything: Kind = {
  label: 'a value',
  isObject: true,
  read: value =>
    (typeof value === 'number' && Number.isNaN(value)) ||
    (types.isDate(value) && Number.isNaN(value.getTime()))
      ? new Unfit(value)
      : value,
};

/** Whether a text comes back as it is: half of a pair of UTF-16 would be written as another character. */
function isKept(text: string, takesNul: boolean): boolean {
  return text.isWellFormed() && (takesNul || !text.includes('\0'));
}
