import type { Attacks } from './attack.ts';

/** Ways to write on SQLite by what is defined first, or where a text does not look like it. */
export const indirect: Attacks = {
  'rows of a query': [
    "insert or replace into post select id, title || 'x', body from post",
    "insert or replace into post (id, title) select id, 'x' from post where true",
    "replace into post select id, title, 'x' from post",
    "replace into post values (1, 'a', 'x') union select id, title, 'x' from post",
    "insert into post values (1, 'a', 'x') union select id, title, 'x' from post where true on conflict (id) do update set body = 'x'",
    "insert into post select id, title, '' from post where true on conflict (id) do update set body = 'x'",
    "insert into post select id, title, '' from post where 1 on conflict do update set body = 'x'",
    "with x as (select * from post) replace into post select id, title || 'x', body from x",
    "with x as (select * from post) insert or replace into post select id, title || 'x', body from x",
    "with x as (select * from post) insert into post select * from x where true on conflict (id) do update set body = 'x'",
    'insert or replace into boxes select id, 0, 0 from boxes',
    "update or replace note set text = 'x' where exists (select 1)",
    'delete from note where (select 1)',
    'delete from note where random() is not null',
    'delete from note where case when 1 then 1 end',
    "delete from note where 'a' = 'a'",
    'delete from note where cast(1 as int)',
  ],
  'what is defined first': [
    [
      'create trigger made after insert on note begin delete from post; end',
      "insert into note (text) values ('x')",
    ],
    [
      "create trigger if not exists made before insert on note when 1 begin update post set body = 'x'; end",
      "insert into note (text) values ('x')",
    ],
    [
      "create temp trigger made after update of text on main.note begin replace into post select id, title || 'x', body from post; end",
      "update note set text = 'x' where id = 1",
    ],
    [
      'create trigger made after insert on note for each row begin select 1; delete from post where 1; end',
      "insert into note (text) values ('x')",
    ],
    [
      'create view made as select 1 as one',
      'create trigger making instead of insert on made begin delete from post; end',
      'insert into made values (1)',
    ],
    [
      'create view made as select * from post',
      'create trigger making instead of delete on made begin delete from post; end',
      'delete from made where id = 1',
    ],
    [
      "create trigger made after insert on note begin delete from post where new.text = 'z'; end",
      "insert into note (text) values ('z')",
    ],
    [
      "create temp trigger made after insert on main.note begin update post set body = 'x' where new.id > 0; end",
      "insert into note (text) values ('z')",
    ],
    [
      "create trigger made after insert on note begin insert into bare (bare) values ('delete-all'); end",
      "insert into note (text) values ('z')",
    ],
    [
      'create view made as select 1 as a',
      'create trigger making instead of insert on made begin insert into bare (bare) values (new.a); end',
      "insert into made values ('delete-all')",
    ],
    "with x as (select 1) insert into bare (bare) values ('delete-all')",
    "insert into bare as b (bare) values ('delete-all')",
    ['create temp table note as select 1 as one', 'drop table main.note'],
  ],
  'other texts': [
    "delete from 'post'",
    "drop table 'note'",
    "update 'post' set 'body' = 'x'",
    'delete from post as p',
    'delete from post not indexed',
    'delete from main . [post] where true',
    'delete from post\0where id = 1',
    'values (1); delete from post',
    'explain select 1; drop table note',
    "insert into note (text) select value from json_each('[1, 2]')",
    "insert into post (title) values ('x') returning *, random()",
    "insert into plain (plain) values ('delete-all')",
    "insert into words (rowid, text) values (9, 'x')",
    'create table made (id integer primary key, twice int generated always as (id * 2) stored)',
    "create table 'made' (id default (random()))",
    'create index if not exists made on note (lower(text)) where text is not null',
    'alter table post drop column title',
    'alter table note rename column text to words',
    'alter table "note" add column made text default \'x\'',
    'drop view if exists main.shown',
    'drop trigger if exists main.writing',
    'drop table if exists main.boxes',
    'reindex main.post_body',
    'analyze main',
    'pragma main.application_id = 0x20',
    'pragma user_version = -1',
    'PRAGMA/**/USER_VERSION/**/=/**/7',
    "vacuum main into '{folder}/' || 'x'",
    "VACUUM INTO '{folder}/x' -- ;",
    ["attach '{file}' as [x]", 'create table [x].made (id int)'],
    ["attach database '' as t", "attach '{file}' as x", 'delete from x.note'],
    ["attach '{file}' as x", 'begin', 'delete from x.post', 'commit'],
    'begin; delete from note; commit',
    'savepoint a; delete from note; release a',
  ],
};

/** Ways that better-sqlite3 is defended from by itself, and libSQL is not. */
export const undefended: Attacks = {
  'the table of all tables': [
    ['pragma writable_schema = on', "delete from sqlite_schema where name = 'note'"],
    ['pragma writable_schema(1)', "delete from sqlite_master where name = 'note'"],
    ['pragma main.writable_schema = 1', "update sqlite_schema set sql = 'x' where name = 'note'"],
    'pragma schema_version = 99',
  ],
};
