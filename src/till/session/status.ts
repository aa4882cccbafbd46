import type { OwnLedger } from '../ledger/ownLedger.ts';
import { NETWORK_AT_START } from '../sync/loop.ts';
import type { Shop, TillStatus } from '../till.ts';
import type { Opened } from './opened.ts';
import { isExported, type Rows } from './unpair.ts';

/** Before anything was read. */
export function statusAtStart(build: string): TillStatus {
  return {
    phase: 'starting',
    connection: 'unknown',
    staff: null,
    unsent: 0,
    oldestUnsentAt: null,
    unsentPatches: 0,
    exported: false,
    lastSyncAt: null,
    skew: null,
    persisted: null,
    storage: null,
    bootstrap: null,
    upgradeNeeded: false,
    lastError: null,
    mustPair: false,
    build,
  };
}

/** What the status is told from. */
interface Told {
  readonly opened: Opened | null;
  /** Where a till begins that is not paired; `null` until that is known. */
  readonly begin: 'unpaired' | 'evicted' | null;
  readonly staff: TillStatus['staff'];
  readonly storeLost: boolean;
  /** What a file of this session holds. */
  readonly exported: Rows | null;
}

/** All but what is asked of the browser's storage, which stays what it was. */
export function statusOf(told: Told, own: OwnLedger, before: TillStatus): TillStatus {
  const network = told.opened?.loop.network.get() ?? NETWORK_AT_START;
  const unsent = own.unsent();
  const { connection, lastSyncAt, skew, bootstrap, upgradeNeeded, lastError, unknownHere } = network;
  return {
    ...before,
    phase: phaseOf(told),
    connection,
    staff: told.staff,
    lastSyncAt,
    skew,
    bootstrap,
    upgradeNeeded,
    lastError,
    mustPair: unknownHere,
    unsent: unsent.events,
    oldestUnsentAt: unsent.oldestAt,
    unsentPatches: unsent.patches,
    exported: isExported(own, told.exported),
  };
}

function phaseOf({ opened, begin, staff, storeLost }: Told): TillStatus['phase'] {
  if (storeLost) return 'storeLost';
  if (opened === null) return begin ?? 'starting';
  if (opened.loop.network.get().revoked) return 'revoked';
  return staff === null ? 'locked' : 'open';
}

/** The shop as this till knows it; `null`: paired anew, it knows nothing of its shop until the first pages have come. */
export function shopOf({ documents, pairing }: Opened): Shop | null {
  const { business, current, devices, staff } = documents;
  if (business === null || current === null) return null;
  const { device, location } = pairing;
  const name = devices.find((each) => each.id === device)?.name ?? pairing.name;
  const { program, hash } = current;
  const active = staff.filter((person) => person.active);
  return { business, device: { id: device, name }, location, program, programHash: hash, staff: active };
}
