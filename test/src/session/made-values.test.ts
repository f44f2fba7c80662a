// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { describe, expect, it } from '@jest/globals';
import { dialects, inSession } from '../../support/databases.ts';

class Page {
  declare id: number;
  declare title: string;
  declare year: number;
  declare slug: string;

  constructor(title: string, year: number) {
    this.title = title;
    this.year = year;
  }
}

const slugOf = ({ title, year }: { title: string; year: number }) => `${title}-${year}`;

defineEntity({
  name: 'Page',
  properties: {
    id: p.integer().primary(),
    title: p.string().unique(),
    year: p.integer(),
    slug: p
      .string()
      .onCreate(page => slugOf(page as Page))
      .onUpdate(page => slugOf(page as Page)),
  },
}).setClass(Page);

describe.each(dialects)('what onCreate() and onUpdate() give on %s', dialect => {
  it('16, 41: they find the row of an object that was never loaded, or has expired', async () => {
    await inSession(
      dialect,
      async session => {
        session.add(new Page('a', 1));
        await session.commit();
        session.em.clear();
        const page = session.em.getReference(Page, 1);
        page.title = 'b';
        await session.commit();
        expect(await session.read(page, 'slug')).toBe('b-1');
        await session.query(Page).update({ year: 2 });
        page.title = 'c';
        await session.commit();
        expect(await session.read(page, 'slug')).toBe('c-2');
      },
      { entities: [Page] },
    );
  });

  it('40: what was assigned is written in the place of what onUpdate() gives', async () => {
    await inSession(
      dialect,
      async session => {
        const page = new Page('a', 1);
        session.add(page);
        await session.commit();
        const committed = async (change: () => void) => {
          change();
          await session.commit();
          return session.read(page, 'slug');
        };
        expect(await committed(() => (page.slug = 'read'))).toBe('read');
        expect(await committed(() => Object.assign(page, { slug: 'both', year: 2 }))).toBe('both');
        await session.commit();
        expect(await committed(() => (page.slug = 'expired'))).toBe('expired');
        expect(await committed(() => (page.year = 3))).toBe('a-3');
        session.em.clear();
        const reference = session.em.getReference(Page, 1);
        reference.slug = 'reference';
        await session.commit();
        expect(await session.read(reference, 'slug')).toBe('reference');
        reference.slug = 'mended';
        const twin = new Page('a', 1);
        session.add(twin);
        await expect(session.commit()).rejects.toThrow('Page.title');
        session.expunge(twin);
        await session.commit();
        expect(await session.read(reference, 'slug')).toBe('mended');
      },
      { entities: [Page] },
    );
  });

  it('18, 19: it is as if they had not been called, if that is not written', async () => {
    await inSession(
      dialect,
      async session => {
        const page = new Page('a', 1);
        session.add(page);
        await session.flush();
        await session.rollback();
        expect(page.slug).toBeUndefined();
        page.year = 2;
        session.add(page);
        await session.commit();
        expect(await session.read(page, 'slug')).toBe('a-2');
        page.year = 3;
        const twin = new Page('a', 1);
        session.add(twin);
        await expect(session.commit()).rejects.toThrow('Page.title');
        session.expunge(twin);
        page.year = 2;
        expect(page.slug).toBe('a-2');
      },
      { entities: [Page] },
    );
  });
});
