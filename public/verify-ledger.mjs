#!/usr/bin/env node
// Checks a ledger that was exported from Regulars (Office > Data, "the ledger as it is"), without Regulars and without any
// package: node verify-ledger.mjs regulars-ledger-2026-03-10.ndjson
//
// Of every line it checks that
//   - its number (gseq) follows the one before: nothing was taken out, put in or moved;
//   - its hash is the SHA-256 of the event's bytes: nothing was changed;
//   - its chain is the SHA-256 of the chain before it followed by its hash: the whole past is in one number;
//   - the event names the hash of the one before it at the same till (prev), where the ledger has that one.
// The last chain is printed. It must be the one that the office shows beside "Check balances" for that entry; a file that was
// cut off at its end is right in itself, and only this number tells.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';

const ZERO = '0'.repeat(64);
const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

const say = (stream, line) => stream.write(`${line}\n`);

async function verify(file) {
  let line = 0;
  let gseq = 0;
  let chain = ZERO;
  let gaps = 0;
  /** By till, run and number: the hashes that stand there (more than one where a till was copied). */
  const placed = new Map();
  const links = [];
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1;
    if (text === '') continue;
    const fail = (what) => ({ ok: false, line, what });
    let entry;
    let event;
    try {
      entry = JSON.parse(text);
      event = JSON.parse(entry.bytes);
    } catch {
      return fail('is not an entry of a ledger');
    }
    if (entry.gseq !== gseq + 1) return fail(`has number ${entry.gseq}, but ${gseq + 1} must follow`);
    if (sha256(entry.bytes) !== entry.hash)
      return fail(`entry ${entry.gseq} was changed: its hash is not that of its bytes`);
    if (sha256(chain + entry.hash) !== entry.chain) return fail(`the chain breaks at entry ${entry.gseq}`);
    gseq = entry.gseq;
    chain = entry.chain;
    const place = `${event.device}/${event.run}/`;
    const at = place + event.seq;
    placed.set(at, [...(placed.get(at) ?? []), entry.hash]);
    links.push({ gseq, before: event.seq === 1 ? null : place + (event.seq - 1), prev: event.prev });
  }
  // In a second round, since a restored server may hold a till's entries in another order than the till made them.
  for (const { gseq: number, before, prev } of links) {
    const hashes = before === null ? [ZERO] : placed.get(before);
    if (hashes === undefined) gaps += 1;
    else if (!hashes.includes(prev))
      return { ok: false, line: number, what: `entry ${number} follows another one at its till` };
  }
  return { ok: true, entries: gseq, chain, gaps };
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  say(process.stderr, 'node verify-ledger.mjs <exported ledger>.ndjson');
  process.exitCode = 2;
} else {
  try {
    const result = await verify(file);
    if (result.ok) {
      say(process.stdout, `The ledger is whole: ${result.entries} entries.`);
      if (result.gaps > 0)
        say(process.stdout, `${result.gaps} entries follow one that is in quarantine, and so is not in the export.`);
      say(process.stdout, `Chain: ${result.chain}`);
    } else {
      say(process.stderr, `THE LEDGER IS NOT WHOLE. Line ${result.line}: ${result.what}.`);
      process.exitCode = 1;
    }
  } catch (error) {
    say(process.stderr, error.code === 'ENOENT' ? `There is no file ${file}.` : String(error));
    process.exitCode = 2;
  }
}
