import type { Instant } from '../../loyalty/basics.ts';
import { errorAnswerSchema } from '../../protocol/schemas/answerSchemas.ts';
import { toBase64Url } from '../../protocol/bytes.ts';
import { proofText, signedHeader } from '../../protocol/deviceProof.ts';
import type { ErrorCode } from '../../protocol/sync.ts';
import type { DeviceKeys, TillPorts } from '../ports.ts';

/** Why there is no answer, as far as it decides what is done next. */
export type Failure =
  | { readonly kind: 'network' }
  | { readonly kind: 'timeout' }
  /** Something answered that is not our server (a captive portal), or in a shape that is none. */
  | { readonly kind: 'notAnAnswer' }
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly error: ErrorCode | null;
      readonly retryAfterMs: number | null;
    };

/** `text` is the answer as it came. */
type ApiResult<T> =
  { readonly ok: true; readonly value: T; readonly text: string } | { readonly ok: false; readonly failure: Failure };

/** What a schema must offer; answers are never trusted unread. */
interface Reader<T> {
  readonly safeParse: (value: unknown) => { readonly success: true; readonly data: T } | { readonly success: false };
}

type Body = string | Uint8Array<ArrayBuffer>;

export interface Api {
  readonly get: <T>(path: string, reader: Reader<T>) => Promise<ApiResult<T>>;
  /** @param body text, or bytes that are compressed by gzip */
  readonly post: <T>(path: string, body: Body, reader: Reader<T>) => Promise<ApiResult<T>>;
  /** Opens a stream of server-sent events. */
  readonly open: (path: string, signal: AbortSignal) => Promise<ApiResult<ReadableStream<Uint8Array>>>;
}

const TIMEOUT_MS = 30_000;

export interface ApiParts {
  readonly ports: Pick<TillPorts, 'fetch' | 'now' | 'timers' | 'randomBytes' | 'signer' | 'build'>;
  readonly device: string;
  readonly keys: DeviceKeys;
  readonly skew: () => number | null;
  /** Every answer that carries the server's time measures the clock. */
  readonly measured: (sentAt: Instant, serverTime: Instant, receivedAt: Instant) => void;
}

/** Signed requests of this device. Nothing here retries; the loop decides. */
export function createApi(parts: ApiParts): Api {
  const { ports } = parts;

  async function request(method: string, path: string, body: Body | null, signal: AbortSignal): Promise<Response> {
    const time = ports.now() + (parts.skew() ?? 0);
    const subject = { method, path, time, nonce: toBase64Url(ports.randomBytes(16)), body: body ?? '' };
    const signed = await ports.signer.sign(parts.keys, proofText(subject));
    const authorization = signedHeader(parts.device, subject, signed);
    const headers: Record<string, string> = { authorization, accept: 'application/json' };
    if (body !== null) headers['content-type'] = 'application/json';
    if (body instanceof Uint8Array) headers['content-encoding'] = 'gzip';
    return ports.fetch(path, { method, headers, body, signal, cache: 'no-store', redirect: 'error' });
  }

  async function call<T>(method: string, path: string, body: Body | null, reader: Reader<T>): Promise<ApiResult<T>> {
    const stop = new AbortController();
    let timedOut = false;
    const cancel = ports.timers.after(TIMEOUT_MS, () => {
      timedOut = true;
      stop.abort();
    });
    const sentAt = ports.now();
    try {
      const response = await request(method, path, body, stop.signal);
      const receivedAt = ports.now();
      const { text, json } = await readJson(response);
      if (!response.ok) return { ok: false, failure: refused(response, json, sentAt, receivedAt) };
      const read = reader.safeParse(json);
      if (!read.success) return { ok: false, failure: { kind: 'notAnAnswer' } };
      const { time } = read.data as { readonly time?: unknown };
      if (typeof time === 'number') parts.measured(sentAt, time, receivedAt);
      return { ok: true, value: read.data, text };
    } catch {
      return { ok: false, failure: { kind: timedOut ? 'timeout' : 'network' } };
    } finally {
      cancel();
    }
  }

  function refused(response: Response, json: unknown, sentAt: Instant, receivedAt: Instant): Failure {
    const read = errorAnswerSchema.safeParse(json);
    if (read.success) parts.measured(sentAt, read.data.time, receivedAt);
    // A portal refuses with a page of its own; a proxy of ours says "too much", "not now" or "broken" in its own words.
    else if (response.status < 500 && ![413, 429].includes(response.status)) return { kind: 'notAnAnswer' };
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      kind: 'http',
      status: response.status,
      error: read.success ? read.data.error : null,
      retryAfterMs: Number.isFinite(retryAfter) && retryAfter >= 0 ? retryAfter * 1000 : null,
    };
  }

  return {
    get: (path, reader) => call('GET', path, null, reader),
    post: (path, body, reader) => call('POST', path, body, reader),
    open: async (path, signal) => {
      try {
        const sentAt = ports.now();
        const response = await request('GET', path, null, signal);
        const type = response.headers.get('content-type') ?? '';
        if (response.ok && response.body !== null && type.startsWith('text/event-stream')) {
          return { ok: true, value: response.body, text: '' };
        }
        if (response.ok) return { ok: false, failure: { kind: 'notAnAnswer' } };
        return { ok: false, failure: refused(response, (await readJson(response)).json, sentAt, ports.now()) };
      } catch {
        return { ok: false, failure: { kind: 'network' } };
      }
    },
  };
}

/** `undefined` where the body is no JSON. */
async function readJson(response: Response): Promise<{ readonly text: string; readonly json: unknown }> {
  const text = await response.text();
  try {
    return { text, json: JSON.parse(text) as unknown };
  } catch {
    return { text, json: undefined };
  }
}
