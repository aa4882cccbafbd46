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

/** A body as text, or why it is none. */
export type BodyText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: 'tooLarge' | 'badRequest' };

/**
 * The text of a body that may be compressed. What it grows to is counted while it grows, so a small body that stands for
 * an enormous one costs no more than `maxBytes`.
 */
export async function textOf(c: Context, bytes: Uint8Array, maxBytes: number): Promise<BodyText> {
  const decoder = new TextDecoder();
  if (c.req.header('Content-Encoding') !== 'gzip') return { ok: true, text: decoder.decode(bytes) };
  try {
    return { ok: true, text: decoder.decode(await unzip(bytes, { maxOutputLength: maxBytes })) };
  } catch (error) {
    const isLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { ok: false, error: isLarge ? 'tooLarge' : 'badRequest' };
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
