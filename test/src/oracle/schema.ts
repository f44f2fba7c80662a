import { Cascade, Collection, defineEntity, p } from '@mikro-orm/core';

/** Takes its fields, as the classes in `sqlalchemy_side.py` do. */
class Labelled {
  protected fill(fields: object): void {
    for (const [name, value] of Object.entries(fields))
      if (Array.isArray(value)) (Reflect.get(this, name) as Collection<object>).set(value as object[]);
      else Reflect.set(this, name, value);
  }
}

class User extends Labelled {
  declare id: number;
  declare name: string;
  declare email: string | null;
  posts = new Collection<Post>(this);
  declare profile: Profile | null;
  marks = new Collection<Mark>(this);

  constructor(fields: object = {}) {
    super();
    this.fill(fields);
  }
}

class Post extends Labelled {
  declare id: number;
  declare title: string;
  declare body: string | null;
  declare author: User | null;
  tags = new Collection<Tag>(this);

  constructor(fields: object = {}) {
    super();
    this.fill(fields);
  }
}

class Tag extends Labelled {
  declare id: number;
  declare name: string;
  posts = new Collection<Post>(this);

  constructor(fields: object = {}) {
    super();
    this.fill(fields);
  }
}

class Profile extends Labelled {
  declare id: number;
  declare bio: string;
  declare user: User | null;

  constructor(fields: object = {}) {
    super();
    this.fill(fields);
  }
}

class Country extends Labelled {
  declare code: string;
  declare name: string;

  constructor(fields: object = {}) {
    super();
    this.fill(fields);
  }
}

class Mark extends Labelled {
  declare user: User;
  declare course: string;
  declare value: number;

  constructor(fields: object = {}) {
    super();
    this.fill(fields);
  }
}

class Doc extends Labelled {
  declare id: number;
  declare title: string;
  declare version: number;

  constructor(fields: object = {}) {
    super();
    this.fill(fields);
  }
}

class Order extends Labelled {
  declare id: number;
  declare label: string;
  items = new Collection<Item>(this);

  constructor(fields: object = {}) {
    super();
    this.fill(fields);
  }
}

class Item extends Labelled {
  declare id: number;
  declare label: string;
  declare order: Order;

  constructor(fields: object = {}) {
    super();
    this.fill(fields);
  }
}

const id = () => p.integer().primary();
const label = () => p.string().length(20);

defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: id(),
    name: label().unique(),
    email: p.string().length(40).nullable(),
    posts: () => p.oneToMany(Post).mappedBy('author'),
    profile: () => p.oneToOne(Profile).mappedBy('user').nullable(),
    marks: () => p.oneToMany(Mark).mappedBy('user'),
  },
}).setClass(User);

defineEntity({
  name: 'Post',
  tableName: 'posts',
  properties: {
    id: id(),
    title: label(),
    body: label().nullable(),
    author: () => p.manyToOne(User).fieldName('author_id').nullable(),
    tags: () =>
      p
        .manyToMany(Tag)
        .inversedBy('posts')
        .pivotTable('posts_tags')
        .joinColumn('post_id')
        .inverseJoinColumn('tag_id'),
  },
}).setClass(Post);

defineEntity({
  name: 'Tag',
  tableName: 'tags',
  properties: { id: id(), name: label().unique(), posts: () => p.manyToMany(Post).mappedBy('tags') },
}).setClass(Tag);

defineEntity({
  name: 'Profile',
  tableName: 'profiles',
  properties: {
    id: id(),
    bio: label(),
    user: () => p.oneToOne(User).inversedBy('profile').fieldName('user_id').nullable(),
  },
}).setClass(Profile);

defineEntity({
  name: 'Country',
  tableName: 'countries',
  properties: { code: p.string().length(2).primary(), name: label() },
}).setClass(Country);

defineEntity({
  name: 'Mark',
  tableName: 'marks',
  properties: {
    user: () => p.manyToOne(User).fieldName('user_id').primary(),
    course: label().primary(),
    value: p.integer(),
  },
}).setClass(Mark);

defineEntity({
  name: 'Doc',
  tableName: 'docs',
  properties: { id: id(), title: label(), version: p.integer().version() },
}).setClass(Doc);

defineEntity({
  name: 'Order',
  tableName: 'orders',
  properties: {
    id: id(),
    label: label(),
    items: () => p.oneToMany(Item).mappedBy('order').cascade(Cascade.ALL).orphanRemoval(),
  },
}).setClass(Order);

defineEntity({
  name: 'Item',
  tableName: 'items',
  properties: { id: id(), label: label(), order: () => p.manyToOne(Order).fieldName('order_id') },
}).setClass(Item);

export const classes = { User, Post, Tag, Profile, Country, Mark, Doc, Order, Item };

/** The rows without generated keys, which say what they are by their labels. */
export const dump: Readonly<Record<string, string>> = {
  users: 'select name, email from users order by name',
  posts:
    'select p.title, p.body, u.name as author from posts p left join users u on u.id = p.author_id order by p.title, p.body, u.name',
  tags: 'select name from tags order by name',
  posts_tags:
    'select p.title, t.name from posts_tags pt join posts p on p.id = pt.post_id join tags t on t.id = pt.tag_id order by p.title, t.name',
  profiles: 'select p.bio, u.name from profiles p left join users u on u.id = p.user_id order by p.bio',
  countries: 'select code, name from countries order by code',
  marks:
    'select u.name, m.course, m.value from marks m left join users u on u.id = m.user_id order by u.name, m.course',
  docs: 'select title, version from docs order by title',
  orders: 'select label from orders order by label',
  items:
    'select i.label, o.label as holder from items i left join orders o on o.id = i.order_id order by i.label',
};
