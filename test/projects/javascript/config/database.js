import { defineConfig } from '@mikro-orm/sqlite';

const { Note, Tag } = await import('../models/note.js');

export default defineConfig({ dbName: process.env.NOTES_DB ?? 'notes.db', entities: [Note, Tag] });
