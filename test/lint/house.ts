import { dialectsRule } from './dialects-rule.ts';
import { membersRule } from './members-rule.ts';
import { type Rule, roomsRule } from './rooms-rule.ts';

const house: { readonly meta: { readonly name: string }; readonly rules: Readonly<Record<string, Rule>> } = {
  meta: { name: 'house' },
  rules: { 'dialect-names': dialectsRule, 'mikro-orm-members': membersRule, rooms: roomsRule },
};

// oxlint takes the plugin from the default export.
// oxlint-disable-next-line import/no-default-export
export default house;
