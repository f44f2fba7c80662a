/** A folder of the program, or a file beside the folders, and what it may depend on; types count as anything else. */
interface Room {
  /** The rooms that it may import from. */
  readonly uses: readonly string[];
  /** Whether all of it, or only some of its files, may touch the process: streams, console, files, other processes. */
  readonly system?: true | readonly string[];
}

/** The rooms of src/, lowest first: each may import from those before it. */
const floors = [
  'errors',
  'version',
  'visible',
  'sql',
  'mikro-orm',
  'entity',
  'blog',
  'dialects',
  'database',
  'schema',
  'identity-map',
  'flush-errors',
  'unit-of-work',
  'loading',
  'query',
  'session',
  'index',
].map(name => `src/${name}`);

/** What transcripts go through; what they and their outcomes are is beside these rooms, and below them. */
const transcriptRooms: Readonly<Record<string, Room>> = {
  'repl/transcript': { uses: ['src/index'] },
  'repl/transcript/parse': { uses: ['repl/input', 'repl/transcript'], system: ['files.ts'] },
  'repl/transcript/compare': { uses: ['repl/transcript', 'repl/transcript/parse', 'src/index'] },
  'repl/transcript/update': {
    uses: ['repl/transcript', 'repl/transcript/parse', 'repl/transcript/compare'],
  },
  'repl/transcript/run': {
    uses: [
      'repl/answer',
      'repl/render',
      'repl/shell',
      'repl/transcript',
      'repl/transcript/parse',
      'repl/transcript/compare',
      'repl/transcript/update',
      'src/index',
    ],
  },
  'repl/transcript/record': {
    uses: [
      'repl/secrets',
      'repl/syntax',
      'repl/transcript',
      'repl/transcript/parse',
      'repl/transcript/compare',
      'src/index',
    ],
  },
  'repl/transcript/report': {
    uses: [
      'repl/transcript',
      'repl/transcript/parse',
      'repl/transcript/compare',
      'repl/transcript/update',
      'src/index',
    ],
  },
};

/** A transcript that teaches. */
const lessonRooms: Readonly<Record<string, Room>> = {
  'repl/lesson': { uses: ['repl/transcript'] },
  'repl/lesson/parse': {
    uses: ['repl/input', 'repl/lesson', 'repl/transcript', 'repl/transcript/parse'],
  },
  'repl/lesson/judge': { uses: ['repl/shell', 'repl/transcript', 'src/index'] },
  'repl/lesson/prose': {
    uses: ['repl/editor', 'repl/lesson', 'repl/lesson/run', 'repl/render', 'src/index'],
  },
  'repl/lesson/page': {
    uses: ['repl/lesson', 'repl/lesson/prose', 'repl/transcript', 'src/index'],
  },
  'repl/lesson/run': {
    uses: [
      'repl/answer',
      'repl/lesson',
      'repl/lesson/judge',
      'repl/lesson/parse',
      'repl/transcript',
      'repl/transcript/report',
      'repl/transcript/run',
      'src/index',
    ],
  },
};

/** Every room by its path, and the arrows between them. */
export const rooms: Readonly<Record<string, Room>> = {
  ...Object.fromEntries(
    floors.map((floor, index) => [
      floor,
      // A driver takes a function that opens its sockets.
      { uses: floors.slice(0, index), ...(floor === 'src/mikro-orm' && { system: ['sockets.ts'] }) },
    ]),
  ),

  // Where this program's own files are.
  'repl/own-package': { uses: [], system: true },

  // What a line goes through: text → statement → JavaScript → answer → text.
  'repl/syntax': { uses: [] },
  'repl/input': { uses: ['repl/syntax'] },
  'repl/evaluate/runtime': { uses: [], system: ['node-callbacks.ts'] },
  'repl/evaluate/writing': { uses: ['repl/syntax'] },
  'repl/evaluate/rewrites': { uses: ['repl/evaluate/writing', 'repl/syntax'] },
  'repl/evaluate': {
    uses: [
      'repl/evaluate/rewrites',
      'repl/evaluate/runtime',
      'repl/evaluate/writing',
      'repl/own-package',
      'repl/syntax',
    ],
  },
  'repl/answer': { uses: ['src/index'] },
  'repl/render': { uses: ['repl/answer', 'repl/places', 'src/index'] },

  // Where an error comes from.
  'repl/places': { uses: ['repl/answer', 'repl/own-package', 'repl/syntax', 'src/index'] },

  // What a shell is made of.
  'repl/fresh-console': { uses: ['repl/places', 'src/index'] },
  'repl/guard': { uses: ['src/index'] },
  'repl/secrets': { uses: ['src/index'] },
  'repl/project': { uses: ['repl/editor', 'repl/own-package', 'repl/syntax'], system: true },
  'repl/reload': { uses: ['repl/evaluate', 'repl/own-package', 'repl/project', 'src/index'] },
  'repl/help': {
    uses: ['repl/answer', 'repl/own-package'],
    system: ['docstrings.ts', 'topic-names.ts', 'topics.ts'],
  },
  'repl/suggest': { uses: ['repl/syntax', 'src/index'] },
  'repl/commands': { uses: ['repl/answer', 'repl/help', 'repl/reload', 'src/index'] },
  'repl/python': { uses: ['src/index'] },
  'repl/complete': { uses: ['repl/commands', 'repl/evaluate', 'src/index'] },
  'repl/typecheck': {
    uses: ['repl/complete', 'repl/evaluate', 'repl/own-package', 'src/index'],
    system: ['compiler-thread.ts', 'type-checker.ts'],
  },
  'repl/shell': {
    uses: [
      'repl/answer',
      'repl/commands',
      'repl/complete',
      'repl/evaluate',
      'repl/fresh-console',
      'repl/input',
      'repl/places',
      'repl/reload',
      'repl/suggest',
      'repl/typecheck',
      'src/index',
    ],
  },

  // Keys become a text, and a text the rows of a screen.
  'repl/editor': { uses: [] },

  // The front ends.
  ...transcriptRooms,
  ...lessonRooms,
  'repl/terminal': {
    uses: [
      'repl/answer',
      'repl/complete',
      'repl/editor',
      'repl/guard',
      'repl/input',
      'repl/own-package',
      'repl/places',
      'repl/python',
      'repl/render',
      'repl/secrets',
      'repl/shell',
      'src/index',
    ],
    system: true,
  },
  'repl/cli': {
    uses: [
      'repl/answer',
      'repl/commands',
      'repl/guard',
      'repl/input',
      'repl/lesson',
      'repl/own-package',
      'repl/places',
      'repl/project',
      'repl/python',
      'repl/reload',
      'repl/render',
      'repl/shell',
      'repl/terminal',
      'repl/transcript',
      'src/index',
    ],
    system: true,
  },
  'repl/main': { uses: ['repl/cli'], system: true },
  'repl/test-runners': { uses: ['repl/own-package', 'repl/transcript'], system: true },
};

/** Node's modules for rooms that may touch the process; their types are free. */
export const systemModules: readonly string[] = [
  'node:child_process',
  'node:cluster',
  'node:console',
  'node:dgram',
  'node:diagnostics_channel',
  'node:dns',
  'node:dns/promises',
  'node:fs',
  'node:fs/promises',
  'node:http',
  'node:http2',
  'node:https',
  'node:inspector',
  'node:inspector/promises',
  'node:net',
  'node:os',
  'node:process',
  'node:readline',
  'node:readline/promises',
  'node:repl',
  'node:tls',
  'node:trace_events',
  'node:tty',
  'node:v8',
  'node:worker_threads',
];

/** Globals for the same rooms. */
export const systemGlobals: readonly string[] = ['EventSource', 'WebSocket', 'console', 'fetch', 'process'];

/** The one file that runs typed code. */
export const vmFile = 'repl/evaluate/run.ts';
