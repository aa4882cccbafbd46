import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/**
 * A backup is one gzip file of lines of JSON: a header, then section after section (a table of one business) with a row a
 * line, then the number of rows and the SHA-256 of everything before. The same for SQLite and PostgreSQL, either way.
 */
export interface Header {
  readonly regulars: 'backup';
  readonly v: 1;
  readonly at: number;
  readonly epoch: string;
  readonly mode: 'demo' | 'live';
  /** The last migration of the database that it was made from. */
  readonly migration: string;
}

/** Begins the rows of a table; `business` null: of the server as a whole. */
export interface Section {
  readonly table: string;
  readonly business: string | null;
  readonly columns: readonly string[];
}

export type Cell = string | number | null;

/** A row of a section, by its columns. */
export type Row = Readonly<Record<string, Cell>>;

export type Part =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'section'; readonly section: Section }
  | { readonly kind: 'row'; readonly section: Section; readonly row: Row };

interface End {
  readonly end: true;
  readonly rows: number;
  readonly hash: string;
}

/** Bytes that are gathered before they go to the compressor. */
const AT_ONCE = 64 * 1024;

export interface BackupWriter {
  readonly section: (section: Section) => Promise<void>;
  readonly row: (cells: readonly Cell[]) => Promise<void>;
  /** Writes the end; resolves when all of it is on the disk. */
  readonly end: () => Promise<void>;
  /** Gives up what was begun. */
  readonly abort: () => Promise<void>;
}

/** Begins a backup in a new file that only its owner may read. */
export async function createBackupFile(file: string, header: Header): Promise<BackupWriter> {
  const hash = createHash('sha256');
  const input = new PassThrough();
  const output = createWriteStream(file, { mode: 0o600, flags: 'wx' });
  const done = pipeline(input, createGzip(), output);
  done.catch(() => {});
  let rows = 0;
  let buffer = '';
  const flush = async (): Promise<void> => {
    const text = buffer;
    buffer = '';
    hash.update(text);
    // A full disk ends the pipeline, and then nobody drains.
    if (!input.write(text)) await Promise.race([new Promise((resolve) => input.once('drain', resolve)), done]);
  };
  const line = async (value: unknown): Promise<void> => {
    buffer += `${JSON.stringify(value)}\n`;
    if (buffer.length >= AT_ONCE) await flush();
  };
  await line(header);
  return {
    section: line,
    row: async (cells) => {
      rows += 1;
      await line(cells);
    },
    end: async () => {
      await flush();
      input.end(`${JSON.stringify({ end: true, rows, hash: hash.digest('hex') } satisfies End)}\n`);
      await done;
      const handle = await open(file);
      await handle.sync();
      await handle.close();
    },
    abort: async () => {
      input.destroy();
      await finished(output).catch(() => {});
    },
  };
}

/** A backup that cannot be read, as a sentence for whoever wants to restore it. */
export class BackupProblem extends Error {}

/** Reads a backup to its end. Throws a `BackupProblem` where it is none, was cut off or was changed. */
export async function* readBackup(file: string): AsyncGenerator<Part> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  source.on('error', (error) => unzipped.destroy(error));
  const hash = createHash('sha256');
  let section: Section | null = null;
  let seen: 'nothing' | 'rows' | 'end' = 'nothing';
  let rows = 0;
  try {
    for await (const text of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) {
      const value = JSON.parse(text) as Header | Section | End | Cell[];
      if (seen === 'nothing') {
        yield { kind: 'header', header: headerOf(value) };
        seen = 'rows';
      } else if (Array.isArray(value)) {
        if (section === null) throw new BackupProblem('The backup has rows without a table.');
        rows += 1;
        yield { kind: 'row', section, row: rowOf(section, value) };
      } else if ('end' in value) {
        if (value.rows !== rows || value.hash !== hash.digest('hex')) {
          throw new BackupProblem('The backup was changed: its content does not fit its checksum.');
        }
        seen = 'end';
        break;
      } else {
        section = value as Section;
        yield { kind: 'section', section };
      }
      hash.update(`${text}\n`);
    }
  } catch (error) {
    if (error instanceof BackupProblem) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new BackupProblem(`There is no file ${file}.`);
    if (code === 'EACCES' || code === 'EISDIR') throw new BackupProblem(`${file} cannot be read.`);
    if (error instanceof SyntaxError || code?.startsWith('Z_')) {
      throw new BackupProblem(`${file} is no backup, or it was cut off.`);
    }
    throw error;
  } finally {
    source.destroy();
  }
  if (seen !== 'end') throw new BackupProblem(`${file} is no backup, or it was cut off.`);
}

function headerOf(value: unknown): Header {
  const header = Object(value) as Partial<Header>;
  if (header.regulars !== 'backup') throw new BackupProblem('This is no backup of Regulars.');
  if (header.v !== 1) throw new BackupProblem('This backup was made by a newer version. Update this server first.');
  return header as Header;
}

function rowOf({ columns }: Section, cells: readonly Cell[]): Row {
  return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? null]));
}
