import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { PairedTill } from './shops.ts';
import type { Recorded } from './recorder.ts';

/** What a driver writes down on its own, append only: what it sent, and what it was told is stored. */
export interface Journal {
  readonly sent: (batch: readonly Recorded[]) => void;
  /** Only after the whole answer was read. */
  readonly acknowledged: (batch: readonly Recorded[]) => void;
  /** An answer that must not be. */
  readonly odd: (what: string) => void;
  readonly close: () => void;
}

const fileOf = (folder: string, device: string) => join(folder, `${device}.journal`);

export function openJournal(folder: string, till: PairedTill): Journal {
  const file = openSync(fileOf(folder, till.device), 'a');
  const lines = (kind: 's' | 'a', batch: readonly Recorded[]) =>
    writeSync(file, batch.map(({ seq, id, hash }) => `${kind} ${seq} ${id} ${hash}\n`).join('') + `${kind} .\n`);
  return {
    sent: (batch) => lines('s', batch),
    acknowledged: (batch) => lines('a', batch),
    odd: (what) => writeSync(file, `o ${what.replaceAll('\n', ' ')}\n`),
    close: () => closeSync(file),
  };
}

/** What a till's driver knows, read back from its journal. */
export interface DriverRecord {
  /** Hash by seq: index 0 is seq 1. */
  readonly sent: string[];
  /** Id and hash of every event that was acknowledged, by seq. */
  readonly acknowledged: { readonly seq: number; readonly id: string; readonly hash: string }[];
  readonly odd: string[];
  /** The seq at which each sent batch ends. */
  readonly batchEnds: Set<number>;
  /** How far the journal was read, in bytes. */
  read: number;
}

export function emptyRecord(): DriverRecord {
  return { sent: [], acknowledged: [], odd: [], batchEnds: new Set(), read: 0 };
}

/** Reads what has come since; to be called while the drivers are held. */
export function readJournal(folder: string, device: string, into: DriverRecord): void {
  const bytes = readFileSync(fileOf(folder, device));
  const text = bytes.subarray(into.read).toString('utf8');
  into.read = bytes.length;
  for (const line of text.split('\n')) {
    const [kind, seq = '', id = '', hash = ''] = line.split(' ');
    if (kind === 'o') into.odd.push(line.slice(2));
    else if (kind === 's' && seq === '.') into.batchEnds.add(into.sent.length);
    else if (kind === 's') into.sent[Number(seq) - 1] = hash;
    else if (kind === 'a' && seq !== '.') into.acknowledged.push({ seq: Number(seq), id, hash });
  }
}
