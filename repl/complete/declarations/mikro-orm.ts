/** What completion knows of MikroORM's objects, as TypeScript declares it, without promises. */
export const mikroOrm = `
interface FindOptions<T> {
  populate?: Relation<T>[];
  fields?: Path<T>[];
  exclude?: Path<T>[];
  orderBy?: Order<T> | Order<T>[];
  limit?: number;
  offset?: number;
  where?: Where<T>;
  populateWhere?: Where<T>;
  populateFilter?: Where<T>;
  populateOrderBy?: Order<T>;
  filters?: object;
  strategy?: 'select-in' | 'joined' | 'balanced';
  refresh?: boolean;
  disableIdentityMap?: boolean;
  first?: number;
  last?: number;
  before?: string;
  after?: string;
  groupBy?: string[];
  having?: Where<T>;
  schema?: string;
  flags?: string[];
  cache?: boolean;
  lockMode?: number;
}

interface CountOptions<T> {
  filters?: object;
  groupBy?: string[];
  having?: Where<T>;
  populate?: Relation<T>[];
  schema?: string;
  cache?: boolean;
}

interface UpsertOptions<T> {
  onConflictFields?: Path<T>[];
  onConflictAction?: 'ignore' | 'merge';
  onConflictMergeFields?: Path<T>[];
  onConflictExcludeFields?: Path<T>[];
  onConflictWhere?: Where<T>;
  disableIdentityMap?: boolean;
}

interface EntityManager {
  find<T>(entity: EntityClass<T>, where: Where<T>, options?: FindOptions<T>): T[];
  findAll<T>(entity: EntityClass<T>, options?: FindOptions<T>): T[];
  findOne<T>(entity: EntityClass<T>, where: Where<T>, options?: FindOptions<T>): T | null;
  findOneOrFail<T>(entity: EntityClass<T>, where: Where<T>, options?: FindOptions<T>): T;
  findAndCount<T>(entity: EntityClass<T>, where: Where<T>, options?: FindOptions<T>): [T[], number];
  findByCursor<T>(entity: EntityClass<T>, options: FindOptions<T>): any;
  stream<T>(entity: EntityClass<T>, options?: FindOptions<T>): T[];
  count<T>(entity: EntityClass<T>, where?: Where<T>, options?: CountOptions<T>): number;
  countBy<T>(entity: EntityClass<T>, groupBy: Path<T>, options?: CountOptions<T>): object;
  create<T>(entity: EntityClass<T>, data: Fields<T>, options?: object): T;
  assign<T>(entity: T, data: Fields<T>, options?: object): T;
  merge<T>(entity: EntityClass<T>, data: Fields<T>): T;
  map<T>(entity: EntityClass<T>, result: object): T;
  upsert<T>(entity: EntityClass<T>, data: Fields<T>, options?: UpsertOptions<T>): T;
  upsertMany<T>(entity: EntityClass<T>, data: Fields<T>[], options?: UpsertOptions<T>): T[];
  insert<T>(entity: EntityClass<T>, data: Fields<T>): Key<T>;
  insertMany<T>(entity: EntityClass<T>, data: Fields<T>[]): Key<T>[];
  nativeUpdate<T>(entity: EntityClass<T>, where: Where<T>, data: Changes<T>): number;
  nativeDelete<T>(entity: EntityClass<T>, where: Where<T>): number;
  getReference<T>(entity: EntityClass<T>, id: Key<T>): T;
  getRepository<T>(entity: EntityClass<T>): EntityRepository<T>;
  repo<T>(entity: EntityClass<T>): EntityRepository<T>;
  createQueryBuilder<T>(entity: EntityClass<T>, alias?: string): QueryBuilder<T>;
  qb<T>(entity: EntityClass<T>, alias?: string): QueryBuilder<T>;
  populate<T>(entities: T | T[], populate: Relation<T>[], options?: FindOptions<T>): T[];
  canPopulate<T>(entity: EntityClass<T>, property: Relation<T>): boolean;
  refresh<T>(entity: T, options?: FindOptions<T>): T | null;
  refreshOrFail<T>(entity: T, options?: FindOptions<T>): T;
  persist(entity: Entity | Entity[]): EntityManager;
  remove(entity: Entity | Entity[]): EntityManager;
  lock(entity: Entity, mode: number): void;
  transactional<T>(callback: (em: EntityManager) => T, options?: object): T;
  begin(options?: object): void;
  commit(): void;
  rollback(): void;
  flush(): void;
  clear(): void;
  fork(options?: object): EntityManager;
  execute(sql: string, params?: any[]): any[];
  isInTransaction(): boolean;
}

interface EntityRepository<T> {
  find(where: Where<T>, options?: FindOptions<T>): T[];
  findAll(options?: FindOptions<T>): T[];
  findOne(where: Where<T>, options?: FindOptions<T>): T | null;
  findOneOrFail(where: Where<T>, options?: FindOptions<T>): T;
  findAndCount(where: Where<T>, options?: FindOptions<T>): [T[], number];
  findByCursor(options: FindOptions<T>): any;
  stream(options?: FindOptions<T>): T[];
  count(where?: Where<T>, options?: CountOptions<T>): number;
  countBy(groupBy: Path<T>, options?: CountOptions<T>): object;
  create(data: Fields<T>, options?: object): T;
  assign(entity: T, data: Fields<T>): T;
  merge(data: Fields<T>): T;
  map(result: object): T;
  upsert(data: Fields<T>, options?: UpsertOptions<T>): T;
  upsertMany(data: Fields<T>[], options?: UpsertOptions<T>): T[];
  insert(data: Fields<T>): Key<T>;
  insertMany(data: Fields<T>[]): Key<T>[];
  nativeUpdate(where: Where<T>, data: Changes<T>): number;
  nativeDelete(where: Where<T>): number;
  getReference(id: Key<T>): T;
  populate(entities: T[], populate: Relation<T>[]): T[];
  canPopulate(property: Relation<T>): boolean;
  createQueryBuilder(alias?: string): QueryBuilder<T>;
  qb(alias?: string): QueryBuilder<T>;
  getEntityManager(): EntityManager;
  getEntityName(): string;
}

interface QueryBuilder<T> {
  select(fields: Path<T> | Path<T>[], distinct?: boolean): QueryBuilder<T>;
  addSelect(fields: Path<T> | Path<T>[]): QueryBuilder<T>;
  distinct(): QueryBuilder<T>;
  insert(data: Fields<T>): QueryBuilder<T>;
  update(data: Changes<T>): QueryBuilder<T>;
  delete(where?: Where<T>): QueryBuilder<T>;
  truncate(): QueryBuilder<T>;
  count(field?: Path<T>, distinct?: boolean): QueryBuilder<T>;
  join(field: string, alias: string): QueryBuilder<T>;
  innerJoin(field: string, alias: string): QueryBuilder<T>;
  leftJoin(field: string, alias: string): QueryBuilder<T>;
  joinAndSelect(field: string, alias: string): QueryBuilder<T>;
  leftJoinAndSelect(field: string, alias: string): QueryBuilder<T>;
  innerJoinAndSelect(field: string, alias: string): QueryBuilder<T>;
  where(condition: Where<T>): QueryBuilder<T>;
  andWhere(condition: Where<T>): QueryBuilder<T>;
  orWhere(condition: Where<T>): QueryBuilder<T>;
  orderBy(order: Order<T>): QueryBuilder<T>;
  andOrderBy(order: Order<T>): QueryBuilder<T>;
  groupBy(fields: Path<T> | Path<T>[]): QueryBuilder<T>;
  having(condition: Where<T>): QueryBuilder<T>;
  returning(fields: Path<T> | Path<T>[]): QueryBuilder<T>;
  limit(limit: number, offset?: number): QueryBuilder<T>;
  offset(offset: number): QueryBuilder<T>;
  clone(): QueryBuilder<T>;
  getQuery(): string;
  getFormattedQuery(): string;
  getParams(): any[];
  execute(): any[];
  getResult(): T[];
  getResultList(limit?: number): T[];
  getSingleResult(): T | null;
  getCount(field?: Path<T>, distinct?: boolean): number;
  getResultAndCount(): [T[], number];
}

interface Collection<T> {
  length: number;
  add(entity: T, ...entities: T[]): number;
  remove(entity: T, ...entities: T[]): number;
  removeAll(): void;
  set(items: T[]): void;
  contains(item: T): boolean;
  count(): number;
  isEmpty(): boolean;
  isInitialized(): boolean;
  isDirty(): boolean;
  getItems(): T[];
  getIdentifiers(): any[];
  init(options?: CollectionOptions<T>): Collection<T>;
  load(options?: CollectionOptions<T>): Collection<T>;
  loadItems(options?: CollectionOptions<T>): T[];
  loadCount(): number;
  matching(options: FindOptions<T>): T[];
  toArray(): object[];
  slice(start?: number, end?: number): T[];
  exists(callback: (item: T) => boolean): boolean;
  find(callback: (item: T, index: number) => boolean): T | undefined;
  filter(callback: (item: T, index: number) => boolean): T[];
  map<R>(callback: (item: T, index: number) => R): R[];
  reduce<R>(callback: (sum: R, item: T, index: number) => R, initial?: R): R;
  indexBy(key: Path<T>): object;
}

interface CollectionOptions<T> {
  where?: Where<T>;
  populate?: Relation<T>[];
  orderBy?: Order<T>;
  refresh?: boolean;
}

interface Reference<T> {
  load(options?: FindOptions<T>): T | null;
  loadOrFail(options?: FindOptions<T>): T;
  loadProperty(property: Path<T>): any;
  unwrap(): T;
  getEntity(): T;
  isInitialized(): boolean;
}

interface ScalarReference<T> {
  load(): T;
  loadOrFail(): T;
  unwrap(): T;
  set(value: T): void;
  isInitialized(): boolean;
}
`;
