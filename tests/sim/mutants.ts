/** A fault planted into the product's source when it is loaded, to see whether the simulation finds it. */
export interface Mutant {
  readonly name: string;
  /** Below `src/`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** What has gone wrong in systems like this one, or nearly did in ours. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'done is said before the disk has it',
    file: 'till/ledger/append.ts',
    find: 'const stored = await storing;',
    replace: 'void storing.catch(() => undefined); const stored = { ok: true };',
  },
  {
    name: 'a full disk is taken for done',
    file: 'till/ledger/append.ts',
    find: "if (stored.fault === 'full') return { ok: false, because: 'storageFull' };",
    replace: "if (stored.fault === 'full') return { ok: true, answer: answered, entries: [] };",
  },
  {
    name: 'a number that another tab took is taken for done',
    file: 'till/ledger/append.ts',
    find: 'if (events.length > 0 && mine.length === events.length)',
    replace: 'if (events.length > 0)',
  },
  {
    name: 'what was stored before the connection died is stored once more',
    file: 'till/ledger/append.ts',
    find: 'if (events.length > 0 && mine.length === events.length)',
    replace: 'if (events.length > 99)',
  },
  {
    name: 'only what this catching up has read is known to be stored',
    file: 'till/ledger/append.ts',
    find: 'const mine = events.map(({ id }) => own.entries.byId(id)).filter((entry) => entry !== null);',
    replace: 'const mine = caughtUp.value.filter((entry) => events.some(({ id }) => id === entry.event.id));',
  },
  {
    name: 'a lost connection is not opened again',
    file: 'till/store/durably.ts',
    find: 'await reopen(db);',
    replace: '',
  },
  {
    name: 'one damaged row keeps the till from opening',
    file: 'till/ledger/readOwn.ts',
    find: 'return null;',
    replace: "throw new SyntaxError('damaged');",
  },
  {
    name: 'unsent events are pruned',
    file: 'till/store/prune.ts',
    find: 'return !outlives || !own.covers(row.n) || row.at > now - OWN_DAYS * DAY_MS || row.n >= last;',
    replace: 'return outlives && row.n >= last;',
  },
  {
    name: 'a restored storage goes on with its old run',
    file: 'till/ledger/eventRow.ts',
    find: 'prev: head.hash };',
    replace: "prev: head.seq > 2 ? '0'.repeat(64) : head.hash };",
  },
  {
    name: 'a new epoch wipes the own ledger',
    file: 'till/sync/loop.ts',
    find: 'const offered = await this.#offerer.run();',
    replace: 'await this.#parts.ledgerDb.events.clear(); const offered = await this.#offerer.run();',
  },
  {
    name: 'a restored server is not offered the journal',
    file: 'till/sync/loop.ts',
    find: 'const offered = await this.#offerer.run();',
    replace: "const offered = { kind: 'done' };",
  },
  {
    name: 'what a restored server lost stays acknowledged',
    file: 'till/sync/push/push.ts',
    find: 'events: { ...own.acknowledged.events, [run]: this.#storedOf(batch, answer, stored) },',
    replace:
      'events: { ...own.acknowledged.events, [run]: Math.max(own.acknowledged.events[run] ?? 0, this.#storedOf(batch, answer, stored)) },',
  },
  {
    name: 'HTML with status 200 is taken as an answer',
    file: 'till/sync/api.ts',
    find: "if (!read.success) return { ok: false, failure: { kind: 'notAnAnswer' } };",
    replace: 'if (!read.success) return { ok: true, value: {} };',
  },
  {
    name: 'any answer acknowledges what was sent',
    file: 'till/sync/push/push.ts',
    find: 'return stored?.hash === answer.storedHash ? answer.storedThrough : Math.min(answer.storedThrough, sure);',
    replace: 'return Math.max(sure, stored?.hash === answer.storedHash ? answer.storedThrough : 0);',
  },
  {
    name: 'the cursor moves without the data',
    file: 'till/sync/pull/applyPull.ts',
    find: 'await db.changed.bulkPut(records.rows());',
    replace: '',
  },
  {
    name: 'what a page holds already is folded in again',
    file: 'till/sync/pull/applyPull.ts',
    find: 'if (admitted.gseq <= record.gseq) continue;',
    replace: '',
  },
  {
    name: 'two tabs fold the same answer twice',
    file: 'till/sync/pull/applyPull.ts',
    find: 'if (found === null || !sameCursor(found.cursor, basis)) return null;',
    replace: 'if (found === null) return null;',
  },
  {
    name: 'an own event stays under the member that it was not booked for',
    file: 'till/sync/pull/pull.ts',
    find: 'members: [...new Set([...applied.members, ...named])]',
    replace: 'members: applied.members',
  },
  {
    name: 'pairing with a network that says nothing never ends',
    file: 'till/session/pairing.ts',
    find: 'const cancel = ports.timers.after(TIMEOUT_MS, () => stop.abort());',
    replace: 'const cancel = () => undefined;',
  },
  {
    name: 'pull forgets whose ledger it reads',
    file: 'server/usecases/pull.ts',
    find: ".where('business', '=', device.business)\n      .where('gseq', '>', cursor.gseq)",
    replace: ".where('gseq', '>', cursor.gseq)",
  },
  {
    name: 'a document comes after its number',
    file: 'server/store/documents.ts',
    find: 'if (!db.isTransaction) return',
    replace: 'if (db === undefined) return',
  },
  {
    name: 'a revoked till still pulls',
    file: 'server/routes/sync.ts',
    find: 'if (device.revoked_at !== null) return revoked(c, deps);\n      const cursor',
    replace: 'const cursor',
  },
  {
    name: 'a revoked till cannot bring what it has',
    file: 'server/routes/sync.ts',
    find: 'const sent = await textOf(c, body, BODY_MAX_BYTES);',
    replace:
      'if (device.revoked_at !== null) return revoked(c, deps); const sent = await textOf(c, body, BODY_MAX_BYTES);',
  },
  {
    name: 'a push that comes again is booked again',
    file: 'server/ledger/storePushes.ts',
    find: "if (batch.takenIds.has(reading.event.id)) return { ok: false, code: 'idTaken' } as const;",
    replace: '',
  },
  {
    name: 'a push that comes again begins a branch',
    file: 'server/ledger/place.ts',
    find: 'if (known && !elsewhere) {',
    replace: 'if (known && elsewhere) {',
  },
  {
    name: 'a gap is ignored',
    file: 'server/ledger/place.ts',
    find: "if (seq > main.stored_through + 1) return { kind: 'gap', seq };",
    replace: 'if (seq > main.stored_through + 1) return append(main, reading, loose);',
  },
  {
    name: 'a fork takes the place of what is there',
    file: 'server/ledger/place.ts',
    find: 'return append(branchOf(main, reading.hash, seq, streams), reading, loose);',
    replace: "return { kind: 'duplicate', run: main.run, seq, quarantine: null };",
  },
  {
    name: 'what cannot be read takes the number that is next',
    file: 'server/ledger/place.ts',
    find: 'const seq = reading.ok ? reading.seq : (at ?? main.stored_through + 1);',
    replace: 'const seq = reading.ok ? reading.seq : main.stored_through + 1;',
  },
  {
    name: 'a server that is restored again while a till aligns itself is taken for the one before',
    file: 'till/sync/loop.ts',
    find: 'const ledger = alignedTo(stale) ?? this.#parts.members.generation.cursor.epoch;',
    replace:
      'const ledger = alignedTo(stale) ? (this.#pusher.epoch ?? alignedTo(stale)) : this.#parts.members.generation.cursor.epoch;',
  },
  {
    name: 'a till that is paired anew leaves its old queue behind',
    file: 'till/session/session.ts',
    find: 'opened === null ? null : await bringAll(opened.loop)',
    replace: 'null',
  },
  {
    name: 'poison stops the queue',
    file: 'server/ledger/storePushes.ts',
    find: 'if (!reading.ok) return { ok: false, code: reading.code } as const;',
    replace: "if (!reading.ok) throw new Error('poison');",
  },
  {
    name: 'quarantine takes no number',
    file: 'server/ledger/storePushes.ts',
    find: 'quarantine.push({ ...row, code: booked.code });',
    replace: '',
  },
  {
    name: 'a push is no transaction',
    file: 'server/usecases/push.ts',
    find: 'transact(deps.db, async (trx) => {\n      const head',
    replace: 'deps.db.connection().execute(async (trx) => {\n      const head',
  },
  {
    name: 'the state is not what was booked',
    file: 'server/ledger/book.ts',
    find: 'member.state = after;',
    replace: "member.state = effects.some(({ kind }) => kind === 'debit') ? member.state : after;",
  },
  {
    name: 'a sale that was taken back is taken back again',
    file: 'loyalty/reversal/reverse.ts',
    find: 'if ((done?.whole ?? false) || (!whole && now === before)) return;',
    replace: '',
  },
  {
    name: 'a voucher is used twice and nobody hears of it',
    file: 'loyalty/rules/redeem.ts',
    find: "if (voucher === undefined || voucher.status === 'open') {",
    replace: 'if (true) {',
  },
  {
    name: 'a double redemption makes no exception',
    file: 'server/ledger/findings/exceptions.ts',
    find: "if (effect.kind === 'overdraw') {",
    replace: "if (effect.kind === 'overdraw' && effect.cost < 0) {",
  },
  {
    name: 'an erased member comes back with a late change',
    file: 'server/ledger/profiles.ts',
    find: 'if (entry?.erased) return;',
    replace: '',
  },
  {
    name: 'the day is whatever the tablet says',
    file: 'server/ledger/effectiveDay.ts',
    find: 'if (event.day > arrival) return arrival;',
    replace: '',
  },
  {
    name: 'shares are granted again and again',
    file: 'server/usecases/shares/grantShares.ts',
    find: 'planGrants(pools.get(pool) ?? { id: pool, accounts: {} }, n, devices)',
    replace: 'planGrants({ id: pool, accounts: {} }, n, devices)',
  },
  {
    name: 'a restored server grants again what may be out',
    file: 'server/usecases/shares/grantShares.ts',
    find: 'if (since === null) return due;',
    replace: 'if (since !== undefined) return due;',
  },
];
