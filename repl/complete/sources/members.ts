import type { CompletionSource } from '../source.ts';
import { owners } from '../value-at.ts';

/** `user.na` → `user.name`. Leaves out the members of every object, and names that start with two underscores. */
export const members: CompletionSource = (typing, context) =>
  typing.kind === 'member'
    ? [...owners(typing.of, context)]
        .filter(owner => owner !== Object.prototype)
        .flatMap((owner, distance) =>
          Object.getOwnPropertyNames(owner)
            .filter(name => !name.startsWith('__') && name !== 'constructor')
            .map(text => ({ text, distance })),
        )
    : [];
