const { defineConfig } = require('@mikro-orm/sqlite');
const { Entry } = require('./entry');

module.exports = [
  defineConfig({ contextName: 'books', dbName: 'books.db', entities: [Entry] }),
  async name => (name === 'archive' ? defineConfig({ dbName: 'archive.db', entities: [Entry] }) : null),
];
