import { p } from '@mikro-orm/core';
import { type Kind, parsed, Place } from './kind.ts';

/** Kinds of embedded objects. */
export const embedded = {
  inline: {
    property: () => () => p.embedded(Place),
    value: n => new Place(`v${n}`),
    mutate: (value: Place, n) => void (value.city = `v${n}`),
    invalid: () => 5,
    shown: n => ({ city: `v${n}` }),
    column: () => 'inline_city',
    read: (raw: string) => ({ city: raw }),
  },
  stored: {
    property: () => () => p.embedded(Place).object(),
    value: n => new Place(`v${n}`),
    mutate: (value: Place, n) => void (value.city = `v${n}`),
    invalid: () => 5,
    shown: n => ({ city: `v${n}` }),
    read: parsed,
  },
  places: {
    property: () => () => p.embedded(Place).array(),
    value: n => [new Place(`v${n}`)],
    mutate: (value: Place[], n) => void value.splice(0, 1, new Place(`v${n}`)),
    invalid: () => 5,
    shown: n => [{ city: `v${n}` }],
    read: parsed,
  },
} satisfies Readonly<Record<string, Kind>>;
