type Statements = readonly (readonly [dialect: string, sql: string])[];

/** What takes all rows of a table, or may do so, though it has a condition, by what hides it. */
export const LOSING: Readonly<Record<string, Statements>> = {
  'a column of a table that is only read': [
    ['mariadb', 'delete post from post, user where user.id = 1'],
    ['mariadb', 'delete from post using post, user where user.id = 1'],
    ['mariadb', 'delete from p using post p join user u where u.id = 1'],
    ['mariadb', 'delete prod.post.* from post, user where user.id = 1'],
    ['mariadb', 'delete post, user from post, user where user.id = 1'],
    ['mariadb', "update oth.log, prod.user set log.t = '' where user.id = 1"],
    ['mariadb', "update post join user on true set title = '' where user.username = 'a'"],
    [
      'mariadb',
      "update post join user on true set user.username = 'a', post.title = '' where user.username = 'a'",
    ],
    ['mariadb', 'create procedure p() delete post from post, user where user.id = 1'],
  ],
  'events and code that does not show': [
    ['mariadb', "create event e on schedule every 1 second do execute immediate 'delete from prod.post'"],
    [
      'mariadb',
      "create event e on schedule every 1 second do begin execute immediate concat('delete from ', 'prod.post'); end",
    ],
    [
      'mariadb',
      "create event e on schedule every 1 second do begin prepare p from 'delete from post'; execute p; end",
    ],
    ['mariadb', "create procedure p() execute immediate 'delete from post'"],
    ['mariadb', 'create procedure p() begin if 1 then execute immediate @a; end if; end'],
    ['mariadb', 'create event e on schedule every 1 second do shutdown'],
    ['mariadb', "begin not atomic execute immediate 'delete from post'; end"],
    ['mariadb', 'alter event ev do delete from prod.post'],
    ['mariadb', 'alter event ev enable'],
    ['mariadb', 'alter definer = current_user event ev on schedule every 1 second starts now()'],
    ['mariadb', "create procedure p() set global event_scheduler = 'on'"],
    ...[
      'global event_scheduler = on',
      '@@global.event_scheduler = 1',
      'a = 1, global `EVENT_SCHEDULER` = on',
    ].map((setting): [string, string] => ['mariadb', `set ${setting}`]),
  ],
  'a command to a full-text table': [
    ['sqlite', "insert into fts(fts) values ('delete-all')"],
    ['sqlite', "with x as (select 1) insert into fts(fts) values ('delete-all')"],
    ['sqlite', "with x(c) as (values ('delete-all')) insert into fts(fts) select c from x"],
    ['sqlite', "insert into fts as f (fts) values ('delete-all')"],
    [
      'sqlite',
      "insert or ignore into main.'fts' as \"f\" (rowid, [FTS]) values (1, null), (2, 'Delete-All')",
    ],
    ['sqlite', "replace into fts(fts) values ('delete' || '-all')"],
    ['sqlite', "insert into fts(fts) values (x'64656c6574652d616c6c')"],
    ['sqlite', "insert into fts(fts) values ('x') union select 'delete-all'"],
    ['sqlite', "insert into fts(fts) values (('delete-all'))"],
    ['sqlite', "insert into é(é) values ('delete-all')"],
    ['sqlite', "create trigger tr after insert on log begin insert into fts(fts) values ('delete-all'); end"],
    [
      'sqlite',
      "create trigger tr after insert on log begin select 1; insert into fts(fts) select 'delete-all'; end",
    ],
    ['sqlite', 'create trigger tr instead of insert on fv begin insert into fts(fts) values (new.a); end'],
  ],
  'what looks like a column': [
    ['mariadb', "update post set title = '' where @`id` is null"],
    ['mariadb', "update post set title = '' where @@session.`id` is null"],
    ['mariadb', "update post set title = '' where default(content) is null"],
    ['mariadb', "update post set title = '' where default(post.content) is null"],
    ['mariadb', "update post set title = '' where values(id) is null"],
    ['mariadb', 'delete from post where post.@`id` is null'],
  ],
  'a name that a subquery hides': [
    ['postgresql', 'delete from post where exists (select 1 from post where post.id = 1)'],
    ['postgresql', 'delete from post as p where exists (select p.id from oth.log p)'],
    ['postgresql', "update post as p set title = '' where 1 in (select p.id from post p)"],
    ['postgresql', 'delete from post where (select max(post.id) from post) > 0'],
    ['postgresql', 'delete from post where exists (select from (values (1)) post(id) where post.id = 1)'],
    ['postgresql', 'delete from post where exists (select post.id from oth.log post)'],
    ['postgresql', 'delete from post where exists (select 1 from oth."post" where oth.post.id = 1)'],
    ['postgresql', 'delete from post p using "user" post where post.id = 1'],
    ['postgresql', 'delete from post where exists ((select 1) union select id from post)'],
    ['postgresql', 'delete from post where exists (((select 1)) order by id)'],
    ['postgresql', 'delete from post where 1 = any (array(select post.id from post))'],
    ['postgresql', 'delete from post where exists (with post as (select 1 as id) select post.id from post)'],
    ['sqlite', 'delete from post where 1 in (select post.id from post)'],
    ['sqlite', "delete from post where exists (select post.id from log 'post')"],
    ['sqlite', 'delete from post where exists (select 1 from (select post.id from log [post]))'],
    ['sqlite', 'delete from post as p where post.id = 1'],
    ['mariadb', 'delete from post where exists (select post.id from user `post`)'],
    ['mariadb', 'delete from post where exists (select post.id from oth.post)'],
  ],
  'a column of the system': [
    ...['ctid', 'xmin', 'xmax', 'cmin', 'tableoid', 'oid', 'post.ctid'].map((column): [string, string] => [
      'postgresql',
      `delete from post where ${column} is not null`,
    ]),
    ...['rowid', '_rowid_', 'oid', 'post.rowid'].flatMap((column): [string, string][] => [
      ['sqlite', `delete from post where ${column}`],
      ['sqlite', `update post set title = '' where ${column} is not null`],
    ]),
    ['mariadb', 'delete from post where _rowid is not null'],
  ],
  'large objects and partitions': [
    ['postgresql', "select lo_put(4711, 0, 'x')"],
    ['postgresql', "select lowrite(lo_open(4711, 131072), 'x')"],
    ['postgresql', 'alter table part detach partition part1'],
    ['postgresql', 'alter table if exists only part detach partition part1 concurrently'],
  ],
  'rows of a query after others': [
    ['mariadb', "replace into post (id, title) values (1, '') union select id, '' from user"],
    ['mariadb', "replace into post (id, title) values (1, '') except (select id, '' from user)"],
    [
      'mariadb',
      "insert into post (id, title) values (1, '') union select id, '' from user on duplicate key update title = ''",
    ],
    [
      'mariadb',
      "replace into post (id, title) select id, '' from user where id = 1 union select id, '' from user",
    ],
    ['mariadb', "replace into value select id, '' from user"],
    ['mariadb', 'create procedure p() replace into post (id) values (1) union select id from user'],
    ['sqlite', 'insert or replace into post (id) values (1) union select id from user'],
    ['sqlite', 'replace into post (id) values (1) union all select id from user'],
    [
      'sqlite',
      "insert into post (id) values (1) union select id from user where true on conflict (id) do update set title = ''",
    ],
    ['sqlite', 'replace into post (id) select id from user where id = 1 union select id from user'],
    [
      'postgresql',
      'insert into post (id) values (1) union select id from "user" on conflict (id) do update set title = \'\'',
    ],
    [
      'postgresql',
      "with x as (insert into post (id) values (1) union table y on conflict (id) do update set title = '' returning 1) select 1",
    ],
  ],
  'a condition in a body': [
    ['postgresql', 'merge into post p using (select 1 as x) v on true when matched and v.x = 1 then delete'],
    ['postgresql', "merge into post p using v on true when matched and x = 1 then update set content = ''"],
    ['postgresql', 'merge into post p using v on p.id > 0 when matched and v.x is not null then delete'],
    [
      'postgresql',
      'with x as (select 1 as x) merge into post using x on true when matched and x.x = 1 then delete',
    ],
    [
      'postgresql',
      'create function f(x int) returns void language plpgsql as $$ begin delete from post where x = 1; end $$',
    ],
    [
      'postgresql',
      'create function f(x int) returns void language sql as $$ delete from post where x = 1 $$',
    ],
    ['postgresql', 'create function f(x int) returns void begin atomic delete from post where x = 1; end'],
    [
      'postgresql',
      'create function f(id int) returns void language plpgsql as $$ begin delete from post where id = 1; end $$',
    ],
    [
      'postgresql',
      "create function f() returns void language plpgsql as $$ declare t text := 'x'; begin delete from post where t = 'x'; end $$",
    ],
    [
      'postgresql',
      "create function f() returns void language plpgsql as $$ declare a int; title text := 'x'; begin update post set content = '' where title = 'x'; end $$",
    ],
    [
      'postgresql',
      'create function f() returns void language plpgsql as $$ begin for id in 1..3 loop delete from post where id > 0; end loop; end $$',
    ],
    [
      'postgresql',
      'create procedure p(x int) language sql as $$ merge into post using v on true when matched and x = 1 then delete $$',
    ],
    ['postgresql', 'create rule r as on insert to "user" do also delete from post where new.id > 0'],
    ['sqlite', "create trigger tr after insert on log begin delete from post where new.t = 'z'; end"],
    ['sqlite', "create temp trigger tr after insert on log begin delete from post where new.t = 'z'; end"],
    [
      'sqlite',
      "create trigger tr after insert on log begin update post set title = '' where old.id = 1; end",
    ],
    ['mariadb', 'create trigger tr before insert on user for each row delete from post where new.id > -1'],
    [
      'mariadb',
      'create trigger tr before insert on user for each row delete from post where 1 = new.id or true',
    ],
    [
      'mariadb',
      'create trigger tr before insert on user for each row begin declare x int default 1; delete from post where x = 1; end',
    ],
    [
      'mariadb',
      'create trigger tr before insert on user for each row begin declare id int default 1; delete from post where id = 1; end',
    ],
    ['mariadb', 'create function f(x int) returns int begin delete from post where x = 1; return 1; end'],
    ['mariadb', 'create procedure p(id int) delete from post where id = id'],
    ['mariadb', 'create procedure p() begin for id in 1..3 do delete from post where id > 0; end for; end'],
    ['mariadb', 'create event e on schedule every 1 second do delete from prod.post where @x is null'],
  ],
};

/** What names a column of the table that it writes. */
export const BOUNDED: Readonly<Record<string, Statements>> = {
  'a column of a table that is written': [
    [
      'mariadb',
      "delete post from post join user on post.user_id = user.id where user.username = 'a' and post.id > 1",
    ],
    ['mariadb', 'delete p from post p join user u on p.id = u.id where u.id = 1'],
    ['mariadb', 'delete from p using post p join user u on u.id = p.id where u.id = 1'],
    [
      'mariadb',
      "update post join user u on post.id = u.id set title = upper('a,b'), content = '' where u.username = 'a'",
    ],
    ['mariadb', 'update post p, user u set p.title = u.username where p.id = u.id'],
    ['mariadb', 'delete low_priority quick ignore from post where id = 1'],
  ],
  'events and settings': [
    ['mariadb', 'create event e on schedule every 1 day do insert into log values (1)'],
    ['mariadb', 'create procedure p() grant execute on procedure q to u'],
    ['mariadb', 'set global max_connections = 5'],
    ['mariadb', 'select @@event_scheduler'],
    ['postgresql', 'create trigger t before insert on post for each row execute function f()'],
  ],
  'a command to a full-text table': [
    ['sqlite', "insert into fts(fts) values ('optimize')"],
    ['sqlite', "insert into tag (tag, id) values ('x', random())"],
    ['sqlite', "insert into fts(fts, rank) values ('merge', -16)"],
    [
      'sqlite',
      "create trigger tr after delete on post begin insert into fts(fts, rowid, title) values ('delete', old.id, old.title); end",
    ],
    ['sqlite', "insert into words (rowid, text) values (9, 'delete-all')"],
  ],
  'what is a column': [
    ['mariadb', 'delete from post where @`x` = id'],
    ['mariadb', 'delete from post where id = @`id`'],
    ['mariadb', 'delete from post where content = default(content)'],
    ['mariadb', 'delete from post where post.`id` = 1'],
  ],
  'a name that no subquery hides': [
    ['postgresql', 'delete from post where exists (select 1 from "user" where "user".id = post.id)'],
    [
      'postgresql',
      'delete from post p where exists (select 1 from post o where o.title = p.title and o.id < 9)',
    ],
    ['postgresql', 'delete from public.post where public.post.id = 1'],
    ['sqlite', 'delete from post where id in (select id from post limit 1)'],
    ['sqlite', 'delete from post where ((id)) = 1'],
  ],
  'rows of a query after others': [
    ['mariadb', "replace into post (id, title) values (1, (select max(title) from user)), (2, '')"],
    ['mariadb', 'insert into post (id) values (1) union select id from user'],
    ['sqlite', 'insert into post (id) values (1) union select id from user'],
    [
      'postgresql',
      "insert into post (id) values (1), ((select 2)) on conflict (id) do update set title = ''",
    ],
  ],
  'a condition in a body': [
    ['postgresql', 'merge into post p using v on true when matched and p.id = v.x then delete'],
    [
      'postgresql',
      'merge into public.post using v on true when not matched by source and post.id > 5 then delete',
    ],
    [
      'postgresql',
      'create function f(x int) returns void language plpgsql as $$ begin delete from post where id = x; end $$',
    ],
    [
      'postgresql',
      'create function f(x int) returns void language sql as $$ delete from post where post.id = $1 $$',
    ],
    [
      'postgresql',
      "create function f() returns void language plpgsql as $$ declare t text := 'x'; begin delete from post where title = t; end $$",
    ],
    ['postgresql', 'create rule r as on insert to "user" do also delete from post where post.id = new.id'],
    [
      'sqlite',
      'create trigger tr after update of title on post begin delete from post where title = new.title; end',
    ],
    ['mariadb', 'create trigger tr before insert on user for each row delete from post where id = new.id'],
    [
      'mariadb',
      'create trigger tr before insert on user for each row begin declare x int default 1; delete from post where id = x; end',
    ],
    [
      'mariadb',
      'create procedure p() begin declare c cursor for select id from post; delete from post where id = 1; end',
    ],
    ['mariadb', 'create event e on schedule every 1 second do delete from prod.post where id = 1'],
  ],
};
