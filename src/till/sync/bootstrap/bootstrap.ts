import { FOLD_VERSION } from '../../../loyalty/version.ts';
import { snapshotManifestSchema, snapshotPageSchema } from '../../../protocol/schemas/answerSchemas.ts';
import type { MemberRecord } from '../../../protocol/documents.ts';
import { pageOf } from '../../../protocol/pages.ts';
import type { SnapshotManifest, SnapshotPage } from '../../../protocol/sync.ts';
import { coveredOf } from '../../ledger/covered.ts';
import { IndexBuilder } from '../../members/memberIndex.ts';
import type { Building, CacheDb, Generation } from '../../store/cacheDb.ts';
import { dropOtherGenerations, replaceDocuments, swapIn } from '../../store/generations.ts';
import { documentRow } from '../pull/applyPull.ts';
import type { Failure } from '../api.ts';
import { forgetErased } from '../forgetting.ts';
import type { Puller } from '../pull/pull.ts';
import { recordTexts } from './recordTexts.ts';
import type { Step, SyncParts } from '../syncParts.ts';

type AskedPage =
  | { readonly ok: true; readonly value: SnapshotPage; readonly text: string }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Each page of the server becomes so many here: few requests, and little to read for one customer. Pages are ranges of
 * buckets, so the parts of one page are those of nobody else.
 */
const SPLIT = 8;

/** Pages that are asked for at a time. */
const PAGES_AHEAD = 3;

/**
 * Builds fresh canonical states from a snapshot beside the ones in use, and swaps them in one transaction. Goes on after a
 * reload with the page where it was; what the till shows meanwhile stays what it was.
 */
export class Bootstrap {
  readonly #parts: SyncParts;
  readonly #puller: Puller;

  constructor(parts: SyncParts, puller: Puller) {
    this.#parts = parts;
    this.#puller = puller;
  }

  /** @param epoch of the ledger with which this till is aligned; another one must first be asked what it has stored */
  async run(epoch: string): Promise<Step> {
    const { progress } = this.#parts;
    const manifest = await this.#parts.api.get('/sync/snapshot', snapshotManifestSchema);
    if (!manifest.ok) return failed(manifest.failure);
    if (manifest.value.fold !== FOLD_VERSION) {
      return failed({ kind: 'http', status: 426, error: 'upgradeNeeded', retryAfterMs: null });
    }
    if (manifest.value.epoch !== epoch) return { kind: 'diverged' };
    let building = await this.#begin(manifest.value);
    const index = await this.#indexSoFar(building);
    const total = manifest.value.members;
    progress({ done: 0, total });
    const pages = askedOf(building);
    const coming: Promise<AskedPage>[] = [];
    let stored: Promise<unknown> = Promise.resolve();
    for (let done = 0; building.nextPage < pages;) {
      // The next pages are on their way while this one is worked on.
      for (let n = building.nextPage + coming.length; n < pages && coming.length < PAGES_AHEAD; n++) {
        coming.push(this.#askPage(n, pages));
      }
      const page = await coming.shift();
      if (!page?.ok) {
        await Promise.all([stored, ...coming]);
        const failure: Failure = page?.failure ?? { kind: 'notAnAnswer' };
        // The server has made another snapshot meanwhile: begin with that one.
        if (failure.kind === 'http' && failure.status < 429) await this.#forget();
        return failed(failure);
      }
      const { members } = page.value;
      await stored;
      const before = building;
      building = { ...building, nextPage: building.nextPage + 1 };
      stored = this.#storePage(before, building, members, page.text);
      // Looked at when it is awaited, before the next page or at the end.
      stored.catch(() => undefined);
      for (const record of members) index.add(record);
      done += members.length;
      progress({ done: Math.min(done, total), total });
    }
    await stored;
    await this.#storeIndex(building, index);
    return this.#tail();
  }

  #askPage(n: number, pages: number): Promise<AskedPage> {
    return this.#parts.api.get(pagePath(n, pages), snapshotPageSchema);
  }

  async #begin(manifest: SnapshotManifest): Promise<Building> {
    const { cacheDb, own, members, ports, documents } = this.#parts;
    const before = await buildingOf(cacheDb);
    // Each member in a page says how new it is, so pages that are read later go with earlier ones; the tail is pulled
    // from where the first answer stood.
    const goesOn = before?.generation.cursor.epoch === manifest.epoch && before.generation.fold === manifest.fold;
    if (before !== null && goesOn) return before;
    await dropOtherGenerations(cacheDb, members.generation.g);
    const generation: Generation = {
      g: Math.max(members.generation.g, before?.generation.g ?? 0) + 1,
      cursor: manifest.cursor,
      fold: manifest.fold,
      build: ports.build,
      unknownMet: false,
      pages: manifest.pages * SPLIT,
      covered: coveredOf(manifest.own, own.runs, own.head?.n ?? 0),
      patchesCovered: own.acknowledged.patches,
      asOf: null,
    };
    const building: Building = { generation, nextPage: 0, asked: manifest.pages };
    // The shop's documents at once: a till that was just paired can work with them while the members still come.
    await replaceDocuments(cacheDb, manifest.documents.map(documentRow));
    await documents.load();
    this.#parts.moved([], true);
    await cacheDb.meta.put({ key: 'building', value: building });
    return building;
  }

  /** The index of the pages that an earlier run has stored already. */
  async #indexSoFar(building: Building): Promise<IndexBuilder> {
    const index = new IndexBuilder();
    const stored = (building.nextPage * building.generation.pages) / askedOf(building);
    for (let page = 0; page < stored; page++) {
      const row = await this.#parts.cacheDb.pages.get([building.generation.g, page]);
      for (const text of row?.records ?? []) index.add(JSON.parse(text) as MemberRecord);
    }
    return index;
  }

  async #storePage(
    { generation: { g, pages } }: Building,
    next: Building,
    members: readonly MemberRecord[],
    text: string,
  ): Promise<void> {
    const { cacheDb } = this.#parts;
    const records = recordTexts(text, members);
    const rows = new Map<number, { g: number; page: number; members: string[]; records: string[] }>();
    for (const [at, { member }] of members.entries()) {
      const page = pageOf(member, pages);
      const row = rows.get(page) ?? { g, page, members: [], records: [] };
      row.members.push(member);
      row.records.push(records[at] ?? '');
      rows.set(page, row);
    }
    await cacheDb.transaction('rw', cacheDb.pages, cacheDb.meta, async () => {
      await cacheDb.pages.bulkPut([...rows.values()]);
      await cacheDb.meta.put({ key: 'building', value: next });
    });
  }

  async #storeIndex(building: Building, index: IndexBuilder): Promise<void> {
    await this.#parts.cacheDb.index.bulkPut(index.rows(building.generation.g));
  }

  /** What was admitted since the snapshot; only then the new states are whole, and take over. */
  async #tail(): Promise<Step> {
    const { cacheDb, own, members, targets, documents, moved, progress } = this.#parts;
    for (;;) {
      const building = await buildingOf(cacheDb);
      if (building === null) return { kind: 'more' };
      const pulled = await this.#puller.fetchInto('building', building.generation);
      if ('kind' in pulled) {
        if (pulled.kind === 'diverged') await this.#forget();
        return pulled;
      }
      if (!pulled.more) break;
    }
    const generation = await swapIn(cacheDb);
    if (generation === null) return { kind: 'more' };
    targets.forget();
    await documents.load();
    members.moved(generation, 'all');
    await own.load(generation.covered, generation.patchesCovered);
    await dropOtherGenerations(cacheDb, generation.g);
    await forgetErased(this.#parts);
    progress(null);
    moved('all', true);
    return { kind: 'done' };
  }

  async #forget(): Promise<void> {
    const { cacheDb, members } = this.#parts;
    await cacheDb.meta.delete('building');
    await dropOtherGenerations(cacheDb, members.generation.g);
  }
}

async function buildingOf(db: CacheDb): Promise<Building | null> {
  const row = await db.meta.get('building');
  return row?.key === 'building' ? row.value : null;
}

function askedOf({ asked, generation }: Building): number {
  return asked ?? generation.pages;
}

/** Cut into as many pages as when this bootstrap began, however many members there are by now. */
function pagePath(page: number, pages: number): string {
  return `/sync/snapshot/pages/${page}?of=${pages}`;
}

function failed(failure: Failure): Step {
  return { kind: 'failed', failure };
}
