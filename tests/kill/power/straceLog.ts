/** What the system calls of a server (and its database) tell about syncing. */
export interface SyncReport {
  /** Answers of 200 that began to be written to a socket. */
  readonly answers: number;
  /** Writes into the database's log, and syncs of it that succeeded. */
  readonly writes: number;
  readonly syncs: number;
  /** Answers before which, since the answer before, nothing was both written to the log and then synced. */
  readonly early: number;
}

interface Call {
  readonly name: string;
  readonly args: string;
  readonly begins: boolean;
  /** `null` until it has ended. */
  readonly result: number | null;
}

const WHOLE = /^(\d+) +(\w+)\((.*)\) += (-?\d+)/;
/** `detached`: the tracer left while the call was on its way. */
const BEGUN = /^(\d+) +(\w+)\((.*) <(?:unfinished|detached) \.\.\.>$/;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>.* = (-?\d+)/;

const SYNCS = new Set(['fsync', 'fdatasync']);

/**
 * Reads a log made by `strace -f -y`. One tracer writes it, so what one call waited for stands before it, across
 * processes as well: an answer that needed a sync cannot begin above the sync's end.
 *
 * @param isLog whether a path is the database's log of changes
 */
export function readStrace(text: string, isLog: (path: string) => boolean): SyncReport {
  const open = new Map<string, { name: string; args: string; writes: number }>();
  const report = { answers: 0, writes: 0, syncs: 0, early: 0 };
  /** Log writes that a sync begun after them has covered. */
  let covered = 0;
  let atLastAnswer = 0;
  for (const line of text.split('\n')) {
    const call = read(line, open, report.writes);
    if (call === null) continue;
    const onLog = isLog(/^\d+<([^>]*)>/.exec(call.args)?.[1] ?? '');
    if (SYNCS.has(call.name)) {
      if (!onLog || call.result !== 0) continue;
      report.syncs += 1;
      covered = Math.max(covered, call.writes);
    } else if (onLog) {
      if (call.begins) report.writes += 1;
    } else if (call.begins && call.args.includes('"HTTP/1.1 200 ')) {
      report.answers += 1;
      if (covered <= atLastAnswer) report.early += 1;
      atLastAnswer = covered;
    }
  }
  return report;
}

function read(
  line: string,
  open: Map<string, { name: string; args: string; writes: number }>,
  writes: number,
): (Call & { readonly writes: number }) | null {
  const whole = WHOLE.exec(line);
  if (whole) {
    const [, , name = '', args = '', result] = whole;
    return { name, args, begins: true, result: Number(result), writes };
  }
  const begun = BEGUN.exec(line);
  if (begun) {
    const [, pid = '', name = '', args = ''] = begun;
    open.set(pid, { name, args, writes });
    return { name, args, begins: true, result: null, writes };
  }
  const resumed = RESUMED.exec(line);
  if (resumed) {
    const [, pid = '', , result] = resumed;
    const known = open.get(pid);
    open.delete(pid);
    return known === undefined ? null : { ...known, begins: false, result: Number(result) };
  }
  return null;
}
