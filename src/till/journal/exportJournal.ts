import { canonical } from '../../protocol/canonical.ts';
import { type JournalRun, writeJournal } from '../../protocol/journal.ts';
import type { ProgramVersion } from '../../protocol/documents.ts';
import type { OwnLedger } from '../ledger/ownLedger.ts';
import { readOwn } from '../ledger/readOwn.ts';
import type { TillPorts } from '../ports.ts';
import { durably } from '../store/durably.ts';
import type { Acknowledged, EventRow, LedgerDb, Pairing, PatchRow, RunStart } from '../store/ledgerDb.ts';

/** What a file must hold, wherever it was read from. */
interface Holdings {
  readonly pairing: Pairing;
  readonly events: readonly Pick<EventRow, 'n' | 'run' | 'bytes'>[];
  readonly patches: readonly Pick<PatchRow, 'n' | 'run' | 'pseq' | 'patch'>[];
  readonly acknowledged: Acknowledged;
  /** The last row of the ledger, which may be the mere begin of a run. */
  readonly lastN: number;
}

export interface ExportedJournal {
  readonly name: string;
  readonly text: string;
  readonly events: number;
  /** Changes of customers' data in it, in the clear. */
  readonly patches: number;
  /** The last rows in it. */
  readonly through: { readonly n: number; readonly patchN: number };
}

interface ExportParts {
  readonly ports: TillPorts;
  readonly ledgerDb: LedgerDb;
  readonly own: OwnLedger;
  /** As far as it is open: a store that does not open leaves what is in memory. */
  readonly pairing: Pairing | null;
  readonly programVersion: (hash: string) => ProgramVersion | null;
}

/**
 * Writes everything recorded here into one signed file. Reads the disk, and where that fails, what is in memory: all that is
 * unsent, and the last two days. `null`: there is nothing to be had, or this till was never paired.
 */
export async function exportJournal(parts: ExportParts): Promise<ExportedJournal | null> {
  const { ports, programVersion } = parts;
  const holdings = (await fromDisk(parts)) ?? fromMemory(parts);
  if (holdings === null) return null;
  const { pairing, events, patches } = holdings;
  const { device, business, name, location, keys } = pairing;
  const exportedAt = ports.now();
  const runs = runsOf(holdings);
  const named = new Set(events.flatMap(({ bytes }) => readOwn(bytes)?.program ?? []));
  const programs = [...named].flatMap((hash) => programVersion(hash) ?? []);
  const text = await writeJournal(
    {
      format: 'regulars-till-journal',
      v: 1,
      business,
      device,
      name,
      location,
      publicKey: await ports.signer.pointOf(keys),
      build: ports.build,
      exportedAt,
    },
    runs,
    programs,
    (toSign) => ports.signer.sign(keys, toSign),
  );
  const day = new Date(exportedAt).toISOString().slice(0, 10);
  return {
    name: `regulars-${fileName(name)}-${day}.jsonl`,
    text,
    events: events.length,
    patches: runs.reduce((sum, run) => sum + run.patches.length, 0),
    through: { n: holdings.lastN, patchN: patches.at(-1)?.n ?? 0 },
  };
}

async function fromDisk({ ports, ledgerDb }: ExportParts): Promise<Holdings | null> {
  const read = await durably(ledgerDb, ports.timers, () =>
    ledgerDb.transaction('r', ledgerDb.events, ledgerDb.patches, ledgerDb.meta, async () => {
      const [pairing, told, runs] = await ledgerDb.meta.bulkGet(['pairing', 'acknowledged', 'runs']);
      if (pairing?.key !== 'pairing') return null;
      return {
        pairing: pairing.value,
        acknowledged: told?.key === 'acknowledged' ? told.value : NOTHING,
        runs: runs?.key === 'runs' ? runs.value : [],
        rows: await ledgerDb.events.orderBy('n').toArray(),
        patches: await ledgerDb.patches.orderBy('n').toArray(),
      };
    }),
  ).catch(() => null);
  if (read === null || !read.ok || read.value === null) return null;
  const { pairing, acknowledged, runs, rows, patches } = read.value;
  const events = rows.filter((row) => isOwn(row, runs));
  return { pairing, acknowledged, events, patches, lastN: rows.at(-1)?.n ?? 0 };
}

/** A begin of a run is no event; runs of an earlier pairing that had arrived whole belong to another device. */
function isOwn(row: EventRow, runs: readonly RunStart[]): boolean {
  return row.seq > 0 && runs.some(({ run }) => run === row.run);
}

function fromMemory({ own, pairing }: ExportParts): Holdings | null {
  if (pairing === null) return null;
  const events = [...own.entries.all()].sort((a, b) => a.n - b.n);
  return {
    pairing,
    acknowledged: own.acknowledged,
    // Canonical bytes are what they are: written again they are the same.
    events: events.map(({ n, run, event }) => ({ n, run, bytes: canonical(event) })),
    patches: own.runs.flatMap(({ run }) => own.patchesAfter(run, 0)),
    lastN: own.head?.n ?? 0,
  };
}

/** Run by run as they were recorded. Of customers' data only what the server lacks. */
function runsOf({ events, patches, acknowledged }: Holdings): readonly JournalRun[] {
  const runs = new Map<string, JournalRun & { readonly events: string[] }>();
  const unsent = patches.filter(({ run, pseq }) => pseq > (acknowledged.patches[run] ?? 0));
  for (const run of [...events, ...unsent].map((row) => row.run)) {
    if (runs.has(run)) continue;
    runs.set(run, { run, events: [], patches: unsent.filter((row) => row.run === run).map((row) => row.patch) });
  }
  for (const { run, bytes } of events) runs.get(run)?.events.push(bytes);
  return [...runs.values()];
}

const NOTHING: Acknowledged = { events: {}, patches: {}, durable: {} };

/** What every file system takes. */
function fileName(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/[^\w-]+/g, '-');
  return plain.replaceAll(/^-+|-+$/g, '').toLowerCase() || 'till';
}
