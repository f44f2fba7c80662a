import { beforeAll, describe, expect, it } from '@jest/globals';
import { access, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePages } from '../../../../repl/cli/lesson/write-pages.ts';
import { openSession } from '../../../../src/index.ts';
import { createDatabase, dialects, type Dialect } from '../../../support/databases.ts';
import { hostile, small } from './lessons.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mikroscope-'));
});

/** Writes a page, and tells what was said and what is in it. */
async function page(
  text: string,
  {
    database = 'sqlite',
    url = database,
    ...task
  }: Partial<Parameters<typeof writePages>[0]> & { database?: Dialect; url?: string; german?: string } = {},
) {
  const own = await mkdtemp(join(folder, 'lesson-'));
  const file = join(own, 'one.repl.md');
  await writeFile(file, text);
  if (task.german !== undefined) await writeFile(join(own, 'one.de.md'), task.german);
  const said: string[] = [];
  const subject = {
    open: (each: string) => openSession({ url: each }),
    ownDatabase: () => Promise.resolve(database),
  };
  await writePages(
    {
      kind: 'lesson',
      action: 'html',
      paths: [file],
      language: undefined,
      out: undefined,
      urls: [url],
      ...task,
    },
    () => subject,
    each => void said.push(each.replace(`${own}/`, '')),
  );
  const name = /^Wrote (.*)\.$/.exec(said[0] ?? '')?.[1] ?? '';
  return { own, said, html: await readFile(name.startsWith('/') ? name : join(own, name), 'utf8') };
}

describe('mikroscope lesson html', () => {
  it('writes beside the lesson a page with its prose, and the session as it ran', async () => {
    const { said, html } = await page(small);
    expect(said).toEqual(['Wrote one.html.']);
    expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    expect(html).toContain('<title>A small lesson</title>');
    expect(html).toContain('committed 1 new (User)');
    expect(html).toMatch(/<summary>SQL \(\d+\)<\/summary>/);
    expect(html).toContain('insert into user');
    for (const summary of ['Hint', 'Hint 2', 'Solution', 'Another answer', 'Not quite'])
      expect(html).toContain(`<summary>${summary}</summary>`);
    expect(html).toContain('Ann is staged but not committed');
    // The title stands once, and before the contents.
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html.indexOf('<h1')).toBeLessThan(html.indexOf('<nav'));
    expect([...html.matchAll(/<a href="#(part-\d+)">/g)].every(([, id]) => html.includes(`id="${id}"`))).toBe(
      true,
    );
  });

  it('writes the same page again, over itself', async () => {
    const { own, html } = await page(small);
    const again = await page(small, { out: join(own, 'one.html') });
    expect(again.html).toBe(html);
  });

  it.each(dialects)('runs the session on %s', async dialect => {
    const fresh = await createDatabase(dialect);
    const { html } = await page(small, { database: dialect, url: fresh.url });
    expect(html).toContain(`· ${dialect}</footer>`);
    await fresh.drop();
  });

  it('writes a translation in its language', async () => {
    const german = `---\ntitle: Eine Lektion\n---\n\n# Eine Lektion\n\nGut.\n\n## Eins\n\n\`\`\`repl\n\`\`\`\n\n- [ ] Ja.\n- [x] Nein.\n\n## Zwei\n\n<details><summary>Hinweis</summary>\n\nSo.\n\n</details>\n\n<details><summary>Hinweis</summary>\n\nOder so.\n\n</details>\n\n\`\`\`repl {#ann task}\n\`\`\`\n`;
    const { said, html } = await page(small, { german, language: 'de' });
    expect(said).toEqual(['Wrote one.de.html.']);
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('<p class="label">Sie sind dran 1</p>');
    expect(html).toContain('<summary>Lösung</summary>');
    await expect(page(small, { german, language: 'fr' })).rejects.toMatchObject({
      message: expect.stringContaining("to 'fr'"),
      hint: 'There is one to de.',
    });
  });

  it('shows what a lesson says, and neither runs nor loads any of it', async () => {
    const { html } = await page(hostile);
    expect(html.replace(/<meta [^>]*>/g, '')).not.toMatch(
      /<(?:script|img|iframe|link|object|base|form|svg|meta)\b|<[^>]*\son\w+=|=["']?javascript:|url\(|@import/i,
    );
    expect(html).toContain('&lt;script&gt;alert(2)&lt;/script&gt;');
    expect(html).toContain('\\u202E');
    expect(
      [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => to).filter(to => !to?.startsWith('#')),
    ).toEqual(['https://mikro-orm.io/docs?a=1&amp;b=%222']);
  });

  it('writes nothing for a lesson that is broken, or does something else than it says', async () => {
    await expect(page(small.replace('task}', 'task'))).rejects.toThrow(
      /cannot be played: .*one\.repl\.md:\d+/,
    );
    const wrong = small.replace('committed 1 new (User)', 'committed 2 new (User)');
    await expect(page(wrong)).rejects.toMatchObject({
      message: expect.stringMatching(/one\.repl\.md:\d+: it does not do what is written/),
      hint: expect.stringMatching(/^mikroscope lesson check .* tells/),
    });
  });

  it('writes over no other file, and says why it cannot write', async () => {
    const mine = join(folder, 'mine.html');
    await writeFile(mine, '<h1>Mine</h1>');
    await expect(page(small, { out: mine })).rejects.toMatchObject({
      message: `${mine} is there, and is no page of a lesson`,
    });
    expect(await readFile(mine, 'utf8')).toBe('<h1>Mine</h1>');
    await expect(page(small, { out: join(folder, 'nowhere', 'a.html') })).rejects.toThrow(
      /cannot be written: ENOENT/,
    );
    await expect(access(join(folder, 'nowhere'))).rejects.toThrow(/ENOENT/);
  });
});
