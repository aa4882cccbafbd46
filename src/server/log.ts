import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** Nothing personal is logged on purpose; this catches what slips in. */
const PRIVATE = ['name', 'phone', 'email', 'birthday', 'password', 'pin', 'token', 'headers', 'body'];

/** The server's log: lines of JSON to the standard output, or to where a test reads them. */
export function createLog({ logLevel: level }: Pick<Config, 'logLevel'>, to?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: ['code', ...PRIVATE.flatMap((name) => [name, `*.${name}`])], censor: '[redacted]' },
    serializers: { err: errorLine },
  };
  return to ? pino(options, to) : pino(options);
}

/**
 * What helps to find a fault: kind, code, message, stack. Errors of PostgreSQL carry the row as well (`detail`, `where`), and
 * a parser's message quotes what it could not read; neither belongs in a log.
 */
function errorLine(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const quotes = error instanceof SyntaxError || (code !== undefined && code.startsWith('22'));
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    ...(code !== undefined && { code }),
    ...(quotes ? {} : { message }),
    stack: frames?.join('\n'),
    ...(cause !== undefined && { cause: errorLine(cause) }),
  };
}
