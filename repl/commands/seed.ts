import { text } from '../answer/show-as.ts';
import type { Command } from './command.ts';

export const seed: Command = {
  name: 'seed',
  group: 'Project',
  summary: 'Run a seeder, by default the one that the configuration names.',
  usage: "seed('Name')",
  type: '(seeder?: string) => void',
  example: ["> seed('UserSeeder')", 'seeded UserSeeder'],
  isUseful: ({ session }) => session.extensions.seeders,
  run: async ([seeder], { session }) => text(`seeded ${await session.seed(seeder)}`),
};
