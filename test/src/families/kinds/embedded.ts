import { p } from '@mikro-orm/core';
import { type Kind, parsed, Place, Span } from './kind.ts';

const place = {
  value: (n: number) => new Place(`v${n}`),
  mutate: (value: Place, n: number) => void (value.city = `v${n}`),
  invalid: () => 5,
  shown: (n: number) => ({ city: `v${n}` }),
};

const span = {
  value: (n: number) => new Span(n),
  mutate: (value: Span, n: number) => void value.since.setUTCDate(3 + n),
  invalid: () => 5,
  shown: (n: number) => ({ since: `2001-03-0${3 + n}T00:00:00.000Z` }),
};

const sinceOf = (value: { since: string | number }) => ({ since: new Date(value.since).toISOString() });

/** Kinds of embedded objects. */
export const embedded = {
  inline: {
    property: () => () => p.embedded(Place),
    column: () => 'inline_city',
    read: (raw: string) => ({ city: raw }),
    ...place,
  },
  stored: { property: () => () => p.embedded(Place).object(), read: parsed, ...place },
  places: {
    property: () => () => p.embedded(Place).array(),
    value: n => [place.value(n)],
    mutate: (value: Place[], n) => void value.splice(0, 1, place.value(n)),
    invalid: () => 5,
    shown: n => [place.shown(n)],
    read: parsed,
  },
  inlineSpan: {
    property: () => () => p.embedded(Span),
    column: () => 'inline_span_since',
    read: (raw: string | number) => sinceOf({ since: raw }),
    ...span,
  },
  storedSpan: {
    property: () => () => p.embedded(Span).object(),
    column: () => 'stored_span',
    read: (raw: unknown) => sinceOf(parsed(raw) as { since: string }),
    ...span,
  },
  spans: {
    property: () => () => p.embedded(Span).array(),
    value: n => [span.value(n)],
    mutate: ([value]: [Span], n) => span.mutate(value, n),
    invalid: () => [5],
    shown: n => [span.shown(n)],
    read: (raw: unknown) => (parsed(raw) as { since: string }[]).map(sinceOf),
  },
} satisfies Readonly<Record<string, Kind>>;
