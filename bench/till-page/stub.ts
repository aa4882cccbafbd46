import { both } from '../../src/loyalty/presets.ts';
import type { Document } from '../../src/protocol/documents.ts';
import { programHash, ZERO_HASH } from '../../src/protocol/hash.ts';
import type { PairAnswer } from '../../src/protocol/pairing.ts';
import type { PullAnswer, PushAnswer, ServerMark, SnapshotManifest } from '../../src/protocol/sync.ts';

/** As much of a server as a till needs to begin: a shop with a program, and nobody in it. */
export function stubServer(): (path: string) => Promise<Response> {
  const program = both({ scale: 0 });
  const hash = programHash(program);
  const business = {
    id: 'bench',
    name: 'Bench',
    currency: 'HUF',
    scale: 0,
    timeZone: 'Europe/Budapest',
    cutOverHour: 4,
    languages: ['en'],
    color: '#b23a1e',
    address: 'te',
    demo: false,
    program: hash,
  } as const;
  const documents: Document[] = [
    { kind: 'program', id: hash, rev: 1, data: { hash, publishedAt: 0, program } },
    { kind: 'business', id: 'bench', rev: 2, data: business },
  ];
  const cursor = { epoch: 'bench', gseq: 0, chain: ZERO_HASH, rev: 2 };
  const mark = (): ServerMark => ({ epoch: 'bench', head: 0, time: Date.now(), durableThrough: {} });
  return async (path) => {
    if (path === '/pair') {
      const location = 'main';
      const answer: PairAnswer = { device: 'till', name: 'Till', business: 'bench', location, epoch: 'bench', cursor };
      return Response.json(answer);
    }
    if (path === '/sync/push') {
      const none = { storedThrough: 0, storedHash: null, patchesThrough: 0, results: [], need: { programs: [] } };
      const answer: PushAnswer = { ...mark(), ...none };
      return Response.json(answer);
    }
    if (path === '/sync/snapshot') {
      const answer: SnapshotManifest = { ...mark(), cursor, fold: 1, pages: 1, members: 0, own: {}, documents };
      return Response.json(answer);
    }
    if (path.startsWith('/sync/snapshot/pages/')) return Response.json({ page: 0, members: [] });
    const answer: PullAnswer = { ...mark(), cursor, admitted: [], documents: [], more: false };
    return Response.json(answer);
  };
}
