import type { Found } from '../context.ts';
import type { CompletionSource } from './source.ts';

const builtIn =
  'string number boolean bigint Date Array Promise Record Partial Map Set unknown any void null undefined Buffer'.split(
    ' ',
  );

/** `const user: Us` → `User` */
export const types: CompletionSource = ({ kind }, { context }) => {
  if (kind !== 'type') return [];
  const { entities, embeddables } = context.session;
  const mapped = Object.keys({ ...entities, ...embeddables });
  return [
    ...mapped.map((text): Found => ({ text, kind: 'entity', type: undefined, distance: 0 })),
    ...builtIn.map((text): Found => ({ text, kind: 'keyword', type: undefined, distance: 1 })),
  ];
};
