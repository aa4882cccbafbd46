import type { Program } from '../../loyalty/program.ts';
import type { SharePool } from '../../loyalty/limits/shares.ts';
import type {
  Business,
  CardKeys,
  Device,
  Document,
  OwnerCodes,
  ProgramVersion,
  Staff,
} from '../../protocol/documents.ts';
import type { CacheDb } from '../store/cacheDb.ts';

/** The documents that every screen and every recording needs, in memory. Exceptions stay in the database. */
export class Documents {
  readonly #db: CacheDb;
  #byKind: ReadonlyMap<Document['kind'], readonly Document[]> = new Map();
  #programs: ReadonlyMap<string, ProgramVersion> = new Map();
  #pools: ReadonlyMap<string, SharePool> = new Map();

  constructor(db: CacheDb) {
    this.#db = db;
  }

  async load(): Promise<void> {
    const rows = await this.#db.documents.where('day').equals('').toArray();
    const byKind = new Map<Document['kind'], Document[]>();
    const programs = new Map<string, ProgramVersion>();
    const pools = new Map<string, SharePool>();
    for (const { document, kind } of rows) {
      const list = byKind.get(kind);
      if (list === undefined) byKind.set(kind, [document]);
      else list.push(document);
      if (document.kind === 'program') programs.set(document.data.hash, document.data);
      if (document.kind === 'shares') pools.set(document.id, document.data);
    }
    this.#byKind = byKind;
    this.#programs = programs;
    this.#pools = pools;
  }

  get business(): Business | null {
    return (this.#all('business')[0] as Business | undefined) ?? null;
  }

  get cardKeys(): CardKeys | null {
    return (this.#all('cardKeys')[0] as CardKeys | undefined) ?? null;
  }

  get staff(): readonly Staff[] {
    return this.#all('staff') as readonly Staff[];
  }

  get devices(): readonly Device[] {
    return this.#all('device') as readonly Device[];
  }

  ownerCodes(device: string): OwnerCodes | null {
    return (this.#all('ownerCodes') as readonly OwnerCodes[]).find((each) => each.device === device) ?? null;
  }

  /** One window of a limit, as booked; undefined where nothing of it was ever granted or used. */
  pool(id: string): SharePool | undefined {
    return this.#pools.get(id);
  }

  program(hash: string): Program | null {
    return this.#programs.get(hash)?.program ?? null;
  }

  programVersion(hash: string): ProgramVersion | null {
    return this.#programs.get(hash) ?? null;
  }

  /** The version in force; `null` before the first bootstrap. */
  get current(): { readonly hash: string; readonly program: Program } | null {
    const hash = this.business?.program;
    const program = hash === undefined ? null : this.program(hash);
    return hash === undefined || program === null ? null : { hash, program };
  }

  #all(kind: Document['kind']): readonly unknown[] {
    return (this.#byKind.get(kind) ?? []).map((document) => document.data);
  }
}
