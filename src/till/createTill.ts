import { dayOf } from '../protocol/day.ts';
import { exportJournal } from './journal/exportJournal.ts';
import type { TillPorts } from './ports.ts';
import { Session } from './session/session.ts';
import { checkOwnerCode, checkPin } from './staff/pins.ts';
import type { Till } from './till.ts';

/** A till and the way to end it (tests close what they open; a page just goes). */
export interface RunningTill extends Till {
  readonly close: () => Promise<void>;
  /** One round of sync now, without the loop: for simulations. Gives whether it reached the server. */
  readonly syncOnce: () => Promise<boolean>;
}

/**
 * Makes the till from its ports. Nothing happens before `start`.
 * @param options.loop false: nobody syncs by itself; a simulation calls `syncOnce`
 */
export function createTill(ports: TillPorts, options: { readonly loop: boolean } = { loop: true }): RunningTill {
  const session = new Session(ports, options.loop);
  const { status, shop, strip } = session;
  const { ledgerDb, own } = session.stores;
  let started: ReturnType<Till['start']> | null = null;

  return {
    status,
    shop,
    recent: strip.recent,
    // Screens may ask twice; it happens once.
    start: () => (started ??= session.start()),
    pair: (code) => session.pair(code),
    signIn: async (id, pin) => {
      const people = shop.get()?.staff.filter((person) => person.id === id) ?? [];
      const outcome = await checkPin(ledgerDb, ports.now(), id, people, pin);
      if (outcome.ok) session.signIn(people[0] ?? null);
      return outcome;
    },
    signOut: () => session.signIn(null),
    approve: async (pin) => {
      const managers = shop.get()?.staff.filter((person) => person.role !== 'staff') ?? [];
      return checkPin(ledgerDb, ports.now(), 'approval', managers, pin);
    },
    checkOwnerCode: async (code) => {
      const { documents, pairing } = session.ready;
      const codes = documents.ownerCodes(pairing.device) ?? { device: pairing.device, used: 0, given: 0, codes: [] };
      return checkOwnerCode(ledgerDb, ports.now(), codes, (n) => own.entries.tookOwnerCode(n), code);
    },
    identify: async (text, source) =>
      session.opened?.identify(text, source) ?? { ok: false, reason: 'unknownCode', looksLike: null },
    findByPhone: async (digits) => session.opened?.findByPhone(digits) ?? [],
    customer: async (member, credential) => session.ready.customer(member, credential),
    preview: (customer, request, recordOptions) =>
      session.ready.recorder.preview(customer, request, recordOptions ?? {}),
    shareLeft: (reward) => session.ready.recorder.shareLeft(reward),
    record: (customer, request, recordOptions) =>
      session.record((recorder) => recorder.record(customer, request, recordOptions ?? {})),
    undo: (event, recordOptions) => session.record((recorder) => recorder.undo(event, recordOptions ?? {})),
    enroll: (fields, card) => session.record((recorder) => recorder.enroll(fields, card)),
    changeProfile: (member, fields) => session.record((recorder) => recorder.changeProfile(member, fields)),
    exportJournal: async () => {
      const journal = await exportJournal({
        ports,
        ledgerDb,
        own,
        pairing: session.opened?.pairing ?? null,
        programVersion: (hash) => session.opened?.documents.programVersion(hash) ?? null,
      });
      if (journal !== null) session.wasExported(journal.through);
      session.refresh();
      return journal;
    },
    unpair: (pin) => session.unpair(pin),
    today: async (day) => {
      const { business } = session.ready.documents;
      const now = session.ready.serverNow();
      return session.ready.today(day ?? dayOf(now, business?.timeZone ?? 'UTC', business?.cutOverHour ?? 0));
    },
    syncNow: () => session.syncNow(),
    busy: (on) => session.setBusy(on),
    syncOnce: async () => (await session.ready.loop.cycle()) === null,
    close: async () => session.close(),
  };
}
