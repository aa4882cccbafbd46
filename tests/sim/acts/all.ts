import type { Act } from './choose.ts';
import { changeCard, changeProfile, enroll, goodwill, look, redeem, refund, sell, sellTwice, undo } from './counter.ts';
import {
  bringCopyBack,
  changeBuild,
  clone,
  corrupt,
  crash,
  keepCopy,
  pairAgain,
  secondTab,
  setClock,
  switchNetwork,
  unknownKind,
  wake,
  wipe,
} from './device.ts';
import { adjust, changeProgram, changeStaff, erase, join, merge, revoke, shares } from './office.ts';
import { backup, restart, restore } from './servers.ts';
import { openSome, syncSome } from './sync.ts';

interface Entry {
  readonly act: Act;
  readonly weight: number;
  /** Happens in a part of the worlds only, so that the others run without it. */
  readonly rare: boolean;
}

const often = (weight: number, act: Act): Entry => ({ act, weight, rare: false });
const rare = (weight: number, act: Act): Entry => ({ act, weight, rare: true });

/** What happens in a shop, by how often. */
export const ACTS: readonly Entry[] = [
  often(30, sell),
  often(4, sellTwice),
  often(12, redeem),
  often(7, undo),
  often(2, refund),
  often(2, goodwill),
  often(3, enroll),
  often(2, changeProfile),
  often(2, changeCard),
  often(1, look),
  often(24, syncSome),
  often(4, openSome),
  often(2, wake),
  rare(4, crash),
  rare(5, switchNetwork),
  rare(4, setClock),
  rare(3, secondTab),
  rare(2, wipe),
  rare(3, keepCopy),
  rare(5, bringCopyBack),
  rare(2, clone),
  rare(3, changeBuild),
  rare(3, unknownKind),
  rare(2, corrupt),
  often(2, pairAgain),
  rare(4, changeProgram),
  rare(2, changeStaff),
  rare(2, revoke),
  often(2, join),
  rare(3, merge),
  rare(2, erase),
  rare(2, adjust),
  often(3, shares),
  rare(3, restart),
  often(2, backup),
  rare(5, restore),
];
