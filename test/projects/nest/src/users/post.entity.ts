import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { User } from './user.entity';

@Entity({ tableName: 'posts' })
export class Post {
  @PrimaryKey()
  id: number;

  @Property()
  title: string;

  @Property()
  at: Date = new Date();

  @ManyToOne()
  author: User;
}
