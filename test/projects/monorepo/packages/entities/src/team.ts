import { defineEntity, p } from '@mikro-orm/core';

export const Team = defineEntity({
  name: 'Team',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
  },
});
