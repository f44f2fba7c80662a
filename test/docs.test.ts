import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rooms } from './lint/rooms.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const documents = globSync(['*.md', 'docs/*.md', 'repl/**/*.md']);

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsIn = (text: string) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );

describe('documents', () => {
  it.each(documents)('%s leads to files and headings that exist', document => {
    const links = [...read(document).matchAll(/\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)/g)];
    const leadsNowhere = links.filter(([, path = '', anchor]) => {
      const file = path === '' ? document : join(dirname(document), path);
      return !existsSync(file) || (anchor !== undefined && !anchorsIn(read(file)).includes(anchor));
    });
    expect(leadsNowhere.map(([link]) => link)).toEqual([]);
  });

  it('say what every room is for', () => {
    const architecture = read('docs/architecture.md');
    const top = Object.keys(rooms).filter(room => room.split('/').length === 2);
    const described = (room: string) => {
      const name = `${room.replace(/^.*\//, '')}${existsSync(room) ? '' : '.ts'}`;
      return new RegExp(String.raw`^\| \`${name}\` +\|`, 'm').test(architecture);
    };
    expect(top.filter(room => !described(room))).toEqual([]);
  });

  it('have every point that a test cites by its number', () => {
    const points = new Set([...read('docs/session.md').matchAll(/^\| (\d+) /gm)].map(([, point]) => point));
    const cited = globSync('test/src/**/*.test.ts').flatMap(file =>
      [...read(file).matchAll(/^\s*(?:it\()?['`](\d+(?:, \d+)*): /gm)].flatMap(([, list = '']) =>
        list.split(', '),
      ),
    );
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.filter(point => !points.has(point))).toEqual([]);
  });
});
