import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Ref, ref } from '@mikro-orm/core';
import { Base, Money } from '../shared/index.js';
import { Author } from './index.js';

@Entity()
export class Book extends Base {
  @Property()
  title!: string;

  @ManyToOne(() => Author, { ref: true })
  author!: Ref<Author>;

  @Property({ type: 'json', nullable: true })
  price?: Money;

  constructor(
    title: string,
    author: Author,
    private readonly extra = 1,
  ) {
    super();
    this.title = title;
    this.author = ref(author);
  }
}
