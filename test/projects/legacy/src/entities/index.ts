export * from './author.js';
export * from './book.js';
