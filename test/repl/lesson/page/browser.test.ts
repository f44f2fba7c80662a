import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writePages } from '../../../../repl/cli/lesson/write-pages.ts';
import { openSession } from '../../../../src/index.ts';
import { type BrowserPage, browserPath, openBrowser } from '../../../support/browser.ts';
import { hostile, small } from './lessons.ts';

/** What looks at the page needs a browser. */
const described = browserPath === undefined ? describe.skip : describe;

/** The least contrast of the texts of a page with what they stand on, as the Web Content Accessibility Guidelines reckon it. */
const leastContrast = `(() => {
  const parse = color => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let one = element; one; one = one.parentElement) {
      const color = parse(getComputedStyle(one).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  for (const each of document.querySelectorAll('details')) each.open = true;
  let least = 21;
  for (const element of document.querySelectorAll('body *')) {
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
    least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return least;
})()`;

described('a page of a lesson in a browser', () => {
  let browser: BrowserPage;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mikroscope-'));
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  async function open(text: string): Promise<void> {
    const file = join(await mkdtemp(join(folder, 'lesson-')), 'one.repl.md');
    await writeFile(file, text);
    await writePages(
      {
        kind: 'lesson',
        action: 'html',
        paths: [file],
        language: undefined,
        out: undefined,
        urls: ['sqlite'],
      },
      () => ({ open: url => openSession({ url }), ownDatabase: () => Promise.resolve('sqlite' as const) }),
      () => {},
    );
    await browser.open(pathToFileURL(file.replace('.repl.md', '.html')).href);
  }

  it.each(['docs/lessons/1-first-session.repl.md', 'docs/lessons/6-reading-sql.repl.md'])(
    '%s can be read, in light and in dark, on a phone and on a desk',
    async lesson => {
      await open(await readFile(lesson, 'utf8'));
      for (const value of ['light', 'dark']) {
        await browser.send('Emulation.setEmulatedMedia', {
          features: [{ name: 'prefers-color-scheme', value }],
        });
        expect(await browser.evaluate(leastContrast)).toBeGreaterThanOrEqual(4.5);
      }
      const grounds = await browser.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(grounds).toBe('rgb(13, 17, 23)');
      for (const width of [360, 1280]) {
        await browser.send('Emulation.setDeviceMetricsOverride', {
          width,
          height: 800,
          deviceScaleFactor: 1,
          mobile: width < 500,
        });
        // Code scrolls within its box, and the page does not.
        expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
    },
  );

  it('unfolds at a key', async () => {
    await open(small);
    const isOpen = "document.querySelector('details.hint').open";
    expect(await browser.evaluate(isOpen)).toBe(false);
    expect(await browser.evaluate("document.querySelector('details.solution').innerText")).toBe('Solution');
    await browser.evaluate("document.querySelector('details.hint summary').focus()");
    for (const type of ['keyDown', 'keyUp'])
      await browser.send('Input.dispatchKeyEvent', {
        type,
        key: 'Enter',
        code: 'Enter',
        text: '\r',
        windowsVirtualKeyCode: 13,
      });
    expect(await browser.evaluate(isOpen)).toBe(true);
    await browser.evaluate("document.querySelector('details.solution').open = true");
    expect(await browser.evaluate("document.querySelector('details.solution').innerText")).toMatch(
      /> ann = new User\(\{ username: 'Ann'.*\n> add\(ann\)\n> commit\(\)\ncommitted 1 new \(User\)/,
    );
  });

  it('loads and runs nothing of what a lesson says', async () => {
    const before = browser.requests.length;
    await open(hostile);
    expect(browser.requests.slice(before).filter(url => !/^file:.*one\.html$/.test(url))).toEqual([]);
    expect(
      await browser.evaluate(
        "document.querySelectorAll('script, img, iframe, svg, [onclick], [onerror]').length",
      ),
    ).toBe(0);
    expect(await browser.evaluate('document.title')).toBe('</title><script>alert(0)</script>');
    expect(await browser.evaluate("document.querySelector('pre').innerText")).toBe(
      '</pre><script>alert(3)</script>',
    );
  });
});
