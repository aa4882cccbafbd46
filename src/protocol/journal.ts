import * as z from 'zod/mini';
import type { Instant } from '../loyalty/basics.ts';
import type { ProfilePatch, ProgramVersion } from './documents.ts';
import { base64Url, count, id, text } from './schemas/fields.ts';
import { hashText } from './hash.ts';
import { isTooDeep } from './nesting.ts';
import { patchesSchema, programVersions } from './schemas/requestSchemas.ts';

/**
 * A till's own events as a file, for when they cannot go over the network any more: lines of JSON. The first says what it is
 * and whose; then one line each for what the till holds, events run by run in their order with the bytes as they were
 * recorded; the last is the signature of the device's key over all before it, so that whoever carries the file can neither
 * change nor shorten it. Profile changes that the server does not have yet are personal data and travel in the clear: the
 * till says so when it gives the file out.
 */
export interface JournalHead {
  readonly format: typeof JOURNAL_FORMAT;
  readonly v: 1;
  readonly business: string;
  readonly device: string;
  readonly name: string;
  readonly location: string;
  /** With which the signature is checked where the server does not know the device. */
  readonly publicKey: { readonly x: string; readonly y: string };
  readonly build: string;
  readonly exportedAt: Instant;
}

export interface Journal {
  readonly head: JournalHead;
  readonly runs: readonly JournalRun[];
  readonly programs: readonly ProgramVersion[];
  /** What the device's key has signed. */
  readonly signed: string;
  readonly signature: string;
}

export interface JournalRun {
  readonly run: string;
  readonly events: readonly string[];
  readonly patches: readonly ProfilePatch[];
}

/** `incomplete`: the end is missing. `notAJournal`: it is something else altogether, or damaged. */
type JournalProblem = 'notAJournal' | 'incomplete';

export type JournalReading =
  { readonly ok: true; readonly journal: Journal } | { readonly ok: false; readonly problem: JournalProblem };

export const JOURNAL_FORMAT = 'regulars-till-journal';
/** A till keeps 35 days: some ten thousand events of less than a kilobyte. */
export const JOURNAL_MAX_BYTES = 64 * 1024 * 1024;

const headSchema = z.object({
  format: z.literal(JOURNAL_FORMAT),
  v: z.literal(1),
  business: id,
  // A till's: what the server itself writes never comes out of a file.
  device: id.check(z.regex(/^(?!server$)[\w-]+$/)),
  name: text,
  location: id,
  publicKey: z.object({ x: base64Url, y: base64Url }),
  build: text,
  exportedAt: count,
});
const runSchema = z.object({ run: id.check(z.regex(/^[^~]+$/)) });
const lineSchemas = {
  events: z.extend(runSchema, { events: z.array(z.string()) }),
  patches: z.extend(runSchema, { patches: patchesSchema }),
  programs: z.object({ programs: programVersions }),
};
const endSchema = z.object({ signature: base64Url });

/** Lines of so many events: a line must not become too long for the tools that people look at it with. */
const AT_ONCE = 200;

/** Writes the file. `sign` makes the device's signature over a text. */
export async function writeJournal(
  head: JournalHead,
  runs: readonly JournalRun[],
  programs: readonly ProgramVersion[],
  sign: (text: string) => Promise<string>,
): Promise<string> {
  const lines: unknown[] = [head];
  for (const version of programs) lines.push({ programs: [version] });
  for (const { run, events, patches } of runs) {
    for (const some of inLots(patches)) lines.push({ run, patches: some });
    for (const some of inLots(events)) lines.push({ run, events: some });
  }
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return `${body}${JSON.stringify({ signature: await sign(journalText(body)) })}\n`;
}

/** Reads a file; whether the signature fits is for the caller to check, who may know the device's key. */
export function readJournal(file: string): JournalReading {
  const lines = file.split('\n').filter((line) => line !== '');
  const head = headSchema.safeParse(parse(lines[0]));
  if (!head.success) return { ok: false, problem: 'notAJournal' };
  const last = lines.at(-1) ?? '';
  const end = endSchema.safeParse(parse(last));
  if (!end.success || lines.length < 2) return { ok: false, problem: 'incomplete' };
  const runs = new Map<string, { run: string; events: string[]; patches: ProfilePatch[] }>();
  const programs: ProgramVersion[] = [];
  const runOf = (run: string) => {
    const known = runs.get(run) ?? { run, events: [], patches: [] };
    runs.set(run, known);
    return known;
  };
  for (const line of lines.slice(1, -1)) {
    const value = parse(line);
    const events = lineSchemas.events.safeParse(value);
    const patches = lineSchemas.patches.safeParse(value);
    const versions = lineSchemas.programs.safeParse(value);
    // A kind of line that a later version writes is part of what was signed, and left alone.
    if (events.success) runOf(events.data.run).events.push(...events.data.events);
    else if (patches.success) runOf(patches.data.run).patches.push(...patches.data.patches);
    else if (versions.success) programs.push(...versions.data.programs);
    else if (value === undefined) return { ok: false, problem: 'notAJournal' };
  }
  const body = `${lines.slice(0, -1).join('\n')}\n`;
  const { signature } = end.data;
  return {
    ok: true,
    journal: { head: head.data, runs: [...runs.values()], programs, signed: journalText(body), signature },
  };
}

/** What is signed: the hash of everything before the last line, with a purpose in front. */
function journalText(body: string): string {
  return `regulars-till-journal-1\n${hashText(body)}`;
}

function parse(line: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(line ?? '');
    return isTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

function inLots<T>(all: readonly T[]): readonly (readonly T[])[] {
  const lots: (readonly T[])[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) lots.push(all.slice(at, at + AT_ONCE));
  return lots;
}
