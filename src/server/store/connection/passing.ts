/** What PostgreSQL says where two transactions were in each other's way and one had to give way: nothing of it is stored. */
const GAVE_WAY = new Set(['40001', '40P01', '55P03']);

/** Classes of PostgreSQL's codes: the connection, resources that have run out, and an operator who stops the server. */
const PASSING_CLASSES = ['08', '53', '57'];
/** A transaction that stood still for too long was ended. */
const ENDED = '25P03';
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);
/** What the driver and its pool say in words alone. */
const WORDS = [
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Client has encountered a connection error',
];

/** Whether a transaction failed only because of others beside it: the very same may be done again at once. */
export function gaveWay(error: unknown): boolean {
  return GAVE_WAY.has(codeOf(error));
}

/**
 * Whether the database could not be asked, or not now: the same request may succeed later without anybody doing anything.
 * Whether a transaction whose end was cut off is stored is not known then; whoever asks again must be safe to.
 */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (gaveWay(error) || code === ENDED || NETWORK.has(code) || code.startsWith('SQLITE_BUSY')) return true;
  if (/^[0-9A-Z]{5}$/.test(code) && PASSING_CLASSES.some((one) => code.startsWith(one))) return true;
  return error instanceof Error && WORDS.some((words) => error.message.includes(words));
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : '';
}
