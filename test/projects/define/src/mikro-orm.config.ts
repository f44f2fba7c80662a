import { defineConfig, type Options } from '@mikro-orm/sqlite';
import { Author } from './entities/author.ts';
import { Book } from './entities/book.ts';
import { Map } from './entities/map.ts';
import { Titles } from './entities/titles.ts';

const config: Options = defineConfig({ dbName: 'shop.db', entities: [Author, Book, Map, Titles] });

export default config;
