import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Context } from 'hono';
import type { ZodMiniType } from 'zod/mini';
import { isTooDeep } from '../../protocol/nesting.ts';

const unzip = promisify(gunzip);

/**
 * Reads a request's body up to a size, in bytes. `null`: too large. The declared length is only a hint, so what really
 * comes is counted.
 */
export async function readBody(c: Context, maxBytes: number): Promise<string | null> {
  const bytes = await readBytes(c, maxBytes);
  return bytes && new TextDecoder().decode(bytes);
}

/** The same as the bytes that came, compressed where they are. */
export async function readBytes(c: Context, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(c.req.header('Content-Length') ?? 0) > maxBytes) return null;
  const stream = c.req.raw.body;
  if (!stream) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** The text of a body that may be compressed; `null`: it is longer than `maxBytes`, or not what it says to be. */
export async function textOf(c: Context, bytes: Uint8Array, maxBytes: number): Promise<string | null> {
  const decoder = new TextDecoder();
  if (c.req.header('Content-Encoding') !== 'gzip') return decoder.decode(bytes);
  try {
    return decoder.decode(await unzip(bytes, { maxOutputLength: maxBytes }));
  } catch {
    return null;
  }
}

/** JSON of a given shape; `null` where it is not JSON or not of the shape. */
export function parseJson<T>(text: string, schema: ZodMiniType<T>): T | null {
  try {
    const value: unknown = JSON.parse(text);
    const read = isTooDeep(value) ? null : schema.safeParse(value);
    return read?.success ? read.data : null;
  } catch {
    return null;
  }
}
