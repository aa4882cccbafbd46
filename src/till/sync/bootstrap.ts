import { FOLD_VERSION } from '../../loyalty/version.ts';
import { snapshotManifestSchema, snapshotPageSchema } from '../../protocol/answerSchemas.ts';
import type { MemberRecord } from '../../protocol/documents.ts';
import type { SnapshotManifest } from '../../protocol/sync.ts';
import { coveredOf } from '../ledger/covered.ts';
import { IndexBuilder } from '../members/memberIndex.ts';
import type { Building, CacheDb, Generation } from '../store/cacheDb.ts';
import { dropOtherGenerations, replaceDocuments, swapIn } from '../store/generations.ts';
import { documentRow } from './applyPull.ts';
import type { Failure } from './api.ts';
import type { Puller } from './pull.ts';
import type { Step, SyncParts } from './syncParts.ts';

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

  /** @param aligned the server was asked how much of each own run it has stored; needed where it is not the one of before */
  async run(aligned: boolean): Promise<Step> {
    const { progress } = this.#parts;
    const manifest = await this.#parts.api.get('/sync/snapshot', snapshotManifestSchema);
    if (!manifest.ok) return failed(manifest.failure);
    if (manifest.value.fold !== FOLD_VERSION) {
      return failed({ kind: 'http', status: 426, error: 'upgradeNeeded', retryAfterMs: null });
    }
    if (!aligned && manifest.value.epoch !== this.#parts.members.generation.cursor.epoch) return { kind: 'diverged' };
    let building = await this.#begin(manifest.value);
    const index = await this.#indexSoFar(building);
    const total = manifest.value.members;
    progress({ done: 0, total });
    for (let done = 0; building.nextPage < building.generation.pages;) {
      const page = await this.#parts.api.get(pagePath(building), snapshotPageSchema);
      if (!page.ok) {
        // The server has made another snapshot meanwhile: begin with that one.
        if (page.failure.kind === 'http' && page.failure.status < 429) await this.#forget();
        return failed(page.failure);
      }
      building = await this.#storePage(building, page.value.members);
      for (const record of page.value.members) index.add(record);
      done += page.value.members.length;
      progress({ done: Math.min(done, total), total });
    }
    await this.#storeIndex(building, index);
    return this.#tail();
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
      pages: manifest.pages,
      covered: coveredOf(manifest.own, own.runs, own.head?.n ?? 0),
      patchesCovered: own.acknowledged.patches,
      asOf: null,
    };
    const building: Building = { generation, nextPage: 0 };
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
    for (let page = 0; page < building.nextPage; page++) {
      const row = await this.#parts.cacheDb.pages.get([building.generation.g, page]);
      for (const text of row?.records ?? []) index.add(JSON.parse(text) as MemberRecord);
    }
    return index;
  }

  async #storePage(building: Building, members: readonly MemberRecord[]): Promise<Building> {
    const { cacheDb } = this.#parts;
    const row = {
      g: building.generation.g,
      page: building.nextPage,
      members: members.map((record) => record.member),
      records: members.map((record) => JSON.stringify(record)),
    };
    const next = { ...building, nextPage: building.nextPage + 1 };
    await cacheDb.transaction('rw', cacheDb.pages, cacheDb.meta, async () => {
      await cacheDb.pages.put(row);
      await cacheDb.meta.put({ key: 'building', value: next });
    });
    return next;
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

/** Cut into as many pages as when this bootstrap began, however many members there are by now. */
function pagePath({ nextPage, generation }: Building): string {
  return `/sync/snapshot/pages/${nextPage}?of=${generation.pages}`;
}

function failed(failure: Failure): Step {
  return { kind: 'failed', failure };
}
