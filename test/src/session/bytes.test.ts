// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { dialects, inSession } from '../../support/databases.ts';

class Album {
  declare id: number;
  declare photos: Collection<Photo>;

  constructor() {
    this.photos = new Collection<Photo>(this);
  }
}
class Photo {
  declare id: number;
  declare name: string;
  declare data: Buffer | null;
  declare album: Album | null;
}
defineEntity({
  name: 'Album',
  properties: { id: p.integer().primary(), photos: () => p.oneToMany(Photo).mappedBy('album') },
}).setClass(Album);
defineEntity({
  name: 'Photo',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    data: p.blob().nullable(),
    album: () => p.manyToOne(Album).nullable(),
  },
}).setClass(Photo);

describe.each(dialects)('bytes on %s', dialect => {
  it('18, 40: that rollback() has brought back are a change when they are changed in place', async () => {
    const test = async (session: Parameters<Parameters<typeof inSession>[1]>[0]) => {
      const album = new Album();
      const photo = Object.assign(new Photo(), { name: 'a', data: Buffer.from('b'), album });
      session.add(photo);
      await session.commit();
      await session.read(photo, 'name');
      photo.data = Buffer.from('x4');
      await session.rollback();
      await session.read(album, 'photos');
      const bytes = (await session.read(photo, 'data')) as Buffer;
      bytes[0] = 70;
      expect(session.dirty).toEqual([photo]);
      await session.commit();
      expect(String(await session.read(photo, 'data'))).toBe('F');
    };
    await inSession(dialect, test, { entities: [Album, Photo] });
  });
});
