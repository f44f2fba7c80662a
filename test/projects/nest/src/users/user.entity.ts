import { Collection, Ref } from '@mikro-orm/core';
import { Entity, OneToMany, OneToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Post } from 'src/users/post.entity';
import { Settings } from './settings';

@Entity({ tableName: 'users' })
export class User {
  @PrimaryKey()
  id: number;

  @Property({ unique: true })
  email: string;

  @Property({ type: 'json', nullable: true })
  settings?: Settings;

  @OneToMany(() => Post, post => post.author)
  posts = new Collection<Post>(this);

  @OneToOne(() => Post, { nullable: true, ref: true })
  pinned?: Ref<Post>;
}
