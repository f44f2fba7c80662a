const { defineEntity, p } = require('@mikro-orm/core');

exports.Entry = defineEntity({
  name: 'Entry',
  properties: {
    id: p.integer().primary(),
    amount: p.integer(),
  },
});
