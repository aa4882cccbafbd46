import { z } from 'zod';
import type { PostgresSettings } from './store/connection/postgres/open.ts';

/** Everything that can be set from outside, in one table: read here, listed in the README. */
export const SETTINGS = [
  ['REGULARS_MODE', 'demo without REGULARS_PUBLIC_URL, else live', '`demo`: a sample shop to try; `live`: your own'],
  ['REGULARS_PUBLIC_URL', '', 'Address at which people reach this server, e.g. https://cards.example.com'],
  ['PORT', '8080', 'Port to listen on'],
  ['HOST', 'localhost in demo mode, else all addresses', 'Address to listen on'],
  ['REGULARS_DATA', './data', 'Folder of the database file'],
  [
    'DATABASE_URL',
    '',
    'PostgreSQL instead of the file, e.g. postgres://regulars_app:...@db/regulars; see docs/running.md',
  ],
  ['DATABASE_OWNER_URL', 'DATABASE_URL', 'The role that owns the tables, used at start only'],
  ['DATABASE_POOL', '10', 'Most connections of one server process to PostgreSQL'],
  ['REGULARS_LOG_LEVEL', 'info', '`trace`, `debug`, `info`, `warn`, `error` or `silent`'],
  [
    'REGULARS_TLS_CERT',
    '',
    'File with the certificate chain (PEM); together with REGULARS_TLS_KEY, serves HTTPS itself',
  ],
  ['REGULARS_TLS_KEY', '', 'File with the private key (PEM)'],
  ['REGULARS_TRUST_PROXY', 'no', '`yes`: behind a reverse proxy that sets X-Forwarded-For'],
  ['REGULARS_METRICS_TOKEN', '', 'Bearer token that /metrics asks for; without it, /metrics is open in demo mode only'],
] as const satisfies readonly (readonly [name: string, fallback: string, meaning: string])[];

export interface Config {
  readonly mode: 'demo' | 'live';
  /** Origin without a trailing slash. */
  readonly publicUrl: string;
  readonly port: number;
  readonly host: string;
  /** Folder of the database. */
  readonly data: string;
  /** PostgreSQL; `null`: the SQLite file in `data`. */
  readonly database: PostgresSettings | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly trustProxy: boolean;
  readonly metricsToken: string | null;
}

/** A mistake in the settings, as a sentence for the person who starts the server. */
export type ConfigResult =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly string[] };

const filled = (value: unknown) => (value === '' ? undefined : value);
const optional = z.preprocess(filled, z.string().optional());
const postgresUrl = z.preprocess(
  filled,
  z.url({ protocol: /^postgres(ql)?$/, hostname: /.*/, error: 'must begin with postgres://' }).optional(),
);

const environment = z.object({
  REGULARS_MODE: z.preprocess(filled, z.enum(['demo', 'live'], 'must be demo or live').optional()),
  REGULARS_PUBLIC_URL: z.preprocess(filled, z.url({ protocol: /^https?$/, error: 'must be a web address' }).optional()),
  PORT: z.preprocess(filled, z.coerce.number('must be a number').int().min(0).max(65_535).default(8080)),
  HOST: optional,
  REGULARS_DATA: z.preprocess(filled, z.string().default('./data')),
  DATABASE_URL: postgresUrl,
  DATABASE_OWNER_URL: postgresUrl,
  DATABASE_POOL: z.preprocess(filled, z.coerce.number('must be a number').int().min(2).max(200).default(10)),
  REGULARS_LOG_LEVEL: z.preprocess(
    filled,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'is not a known level').default('info'),
  ),
  REGULARS_TLS_CERT: optional,
  REGULARS_TLS_KEY: optional,
  REGULARS_TRUST_PROXY: z.preprocess(filled, z.enum(['yes', 'no'], 'must be yes or no').default('no')),
  REGULARS_METRICS_TOKEN: z.preprocess(filled, z.string().min(16, 'needs 16 characters or more').optional()),
  NODE_ENV: optional,
});

/** Reads and checks the settings. Nothing else in the server looks at the environment. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const read = environment.safeParse(env);
  if (!read.success) {
    return { ok: false, problems: read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`) };
  }
  const set = read.data;
  const mode = set.REGULARS_MODE ?? (set.REGULARS_PUBLIC_URL ? 'live' : 'demo');
  const problems = [...contradictions(mode, set)];
  const { REGULARS_TLS_CERT: cert, REGULARS_TLS_KEY: key } = set;
  const tls = cert && key ? { cert, key } : null;
  if (!tls && (cert || key)) problems.push('REGULARS_TLS_CERT and REGULARS_TLS_KEY are needed together.');
  if (set.DATABASE_OWNER_URL && !set.DATABASE_URL) problems.push('DATABASE_OWNER_URL needs DATABASE_URL beside it.');
  if (problems.length > 0) return { ok: false, problems };
  const local = `${tls ? 'https' : 'http'}://localhost:${set.PORT}`;
  return {
    ok: true,
    config: {
      mode,
      publicUrl: set.REGULARS_PUBLIC_URL ? new URL(set.REGULARS_PUBLIC_URL).origin : local,
      port: set.PORT,
      host: set.HOST ?? (mode === 'demo' ? 'localhost' : '::'),
      data: set.REGULARS_DATA,
      database: set.DATABASE_URL
        ? { url: set.DATABASE_URL, ownerUrl: set.DATABASE_OWNER_URL ?? null, pool: set.DATABASE_POOL }
        : null,
      logLevel: set.REGULARS_LOG_LEVEL,
      tls,
      trustProxy: set.REGULARS_TRUST_PROXY === 'yes',
      metricsToken: set.REGULARS_METRICS_TOKEN ?? null,
    },
  };
}

/** The demo has known PINs and a known pairing code: it must never stand where customers are. */
function* contradictions(mode: Config['mode'], set: z.output<typeof environment>): Generator<string> {
  if (mode !== 'demo') return;
  if (set.REGULARS_PUBLIC_URL) {
    yield 'The demo has known PINs and cannot run at a public address: set REGULARS_MODE=live, or leave REGULARS_PUBLIC_URL out.';
  }
  if (set.NODE_ENV === 'production') {
    yield 'The demo has known PINs and does not run with NODE_ENV=production: set REGULARS_MODE=live and REGULARS_PUBLIC_URL.';
  }
}
