import type { Reporter } from './reporter.ts';

/** The reporters of `check` by name. Each is loaded only when it is chosen. */
export const reporters = {
  pretty: async () => (await import('./pretty.ts')).pretty,
  json: async () => (await import('./json.ts')).json,
  junit: async () => (await import('./junit.ts')).junit,
  events: async () => (await import('./events.ts')).events,
} satisfies Record<string, () => Promise<Reporter>>;

export type ReporterName = keyof typeof reporters;

export const reporterNames = Object.keys(reporters) as readonly ReporterName[];

export const defaultReporter: ReporterName = 'pretty';
