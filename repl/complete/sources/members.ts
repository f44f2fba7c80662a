import type { Found } from '../context.ts';
import { membersOf, ofEveryObject } from '../types/members.ts';
import { showType } from '../types/show.ts';
import type { CompletionSource } from './source.ts';

/** `user.na` → `user.name`, `user['na` → `user['name` */
export const members: CompletionSource = (typing, typer, typed) => {
  if (typing.kind !== 'member' && typing.kind !== 'index') return [];
  const isInQuotes = typing.kind === 'index';
  return membersOf(typer.typeOf(typing.of), typer.context)
    .filter(
      ({ name, distance }) => isShown(name, typed, isInQuotes) && (typed !== '' || distance < ofEveryObject),
    )
    .map((member): Found => ({
      text: member.name,
      kind: member.kind,
      get type() {
        return showType(member.type);
      },
      ...(member.detail !== undefined && { detail: member.detail }),
      distance: member.distance,
    }));
};

/** Names that begin with `_` are internal ones. */
function isShown(name: string, typed: string, isInQuotes: boolean): boolean {
  if (name.startsWith('__') || (name.startsWith('_') && !typed.startsWith('_'))) return false;
  return isInQuotes || /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}
