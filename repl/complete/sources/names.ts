import type { CompletionSource } from '../source.ts';

/** `creat` → `createAll` */
export const names: CompletionSource = ({ kind }, { scope }) =>
  kind === 'name' ? scope.names().map(text => ({ text, distance: 0 })) : [];
