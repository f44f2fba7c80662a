import type { PageAnswer } from '../answer/answer.ts';
import { defaultReporter, reporterNames } from '../transcript/report/reporters.ts';

/** What `--help` prints. */
export const usage: PageAnswer = {
  kind: 'page',
  parts: [
    {
      kind: 'list',
      heading: 'Usage:',
      entries: [
        ['mikroscope [options]', 'open a prompt, or run a script from standard input'],
        ['mikroscope [options] run FILE', 'run a script (- for standard input)'],
        [
          'mikroscope [options] run --python FILE',
          'run a session of Flask-SQLAlchemy, and show its TypeScript; --as typescript writes that as a transcript, --as entities the classes of db.Model as entities',
        ],
        ['mikroscope [options] -e CODE', 'run CODE; can be repeated'],
        [
          'mikroscope [options] record [FILE]',
          'open a prompt and save the session as a Markdown file (session.repl.md)',
        ],
        [
          'mikroscope [options] check FILE…',
          'run the sessions in Markdown files (**/*.repl.md without FILE)',
        ],
        ['mikroscope learn [NUMBER]', 'list the lessons, or start one, or go on with it'],
        ['mikroscope learn PATH [NUMBER]', 'the same with the lessons of a folder, file or package'],
        [
          'mikroscope lesson check FILE…',
          'prove that lessons can be learned, on every database that they name',
        ],
        ['mikroscope lesson new FILE', 'write a lesson to begin with'],
        ['mikroscope lesson html FILE', 'write a lesson as one web page, to show or to print'],
      ],
    },
    {
      kind: 'paragraph',
      text: "In a MikroORM project it opens the project's database; anywhere else, a demo blog on sqlite:site.db.",
    },
    {
      kind: 'list',
      heading: 'Options:',
      entries: [
        ['--config FILE', "the project's mikro-orm.config, if MikroORM would not find it by itself"],
        ['--context NAME', 'the contextName of one of several configurations'],
        ['--db URL', 'another database: sqlite:FILE, sqlite::memory:, postgresql://user:pass@host/name'],
        ['--read-only', 'make the database refuse every write'],
        [
          '--sandbox',
          'undo everything at the end, commits included; ids may have gaps afterwards. On a server, others wait for the rows and tables that the session changes, and now() stands still',
        ],
        [
          '--yes',
          'do not ask before dropAll(), or before an update() or delete() of every row, on a database that is not on this machine',
        ],
        ['--no-rc', "do not load the project's .mikroscoperc.ts"],
        ['--no-color', 'print without colors'],
        ['--help', 'print this text'],
        ['--version', 'print the version'],
      ],
    },
    {
      kind: 'list',
      heading: 'Options of check:',
      entries: [
        [
          '--db URL',
          'run on this database instead of those that a file names; can be repeated. Each file gets a fresh database: on the server of postgresql://…, in memory or in a file for the others; the name alone, sqlite or postgresql, will do',
        ],
        ['--update', 'write what was printed into the files'],
        ['--reporter R', `how to report: ${reporterNames.join(', ')} (default: ${defaultReporter})`],
        ['--timeout S', 'how many seconds a step may take (30)'],
        ['--file-timeout S', 'how many seconds a file may take on a database (600)'],
        ['--list', 'print what there is to run, as JSON, and run nothing'],
        ['--shell-at FILE:LINE', 'open the shell in the state before the step at that line'],
      ],
    },
    {
      kind: 'list',
      heading: 'Options of learn and lesson:',
      entries: [
        [
          '--db URL',
          'on this database; the name alone, sqlite or postgresql, will do. It gets fresh databases',
        ],
        ['--lang LANGUAGE', 'read the translation to this language, such as de, where there is one'],
        ['--out FILE', 'write the page of lesson html there (beside the lesson, with .html)'],
      ],
    },
    {
      kind: 'list',
      heading: 'Environment:',
      entries: [
        ['DATABASE_URL', 'the database of the demo, where --db does not name another'],
        ['NO_COLOR=1', 'print without colors'],
        ['MIKROSCOPE_DEBUG=1', 'print every error with its whole stack and its causes'],
      ],
    },
  ],
};
