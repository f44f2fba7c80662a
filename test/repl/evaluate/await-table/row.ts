/**
 * What a person types without any await, and the same in JavaScript with the awaits written out: left out where it is
 * the same text.
 */
export type Row = readonly [typed: string, plain?: string];
