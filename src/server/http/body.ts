import type { Context } from 'hono';
import type { ZodMiniType } from 'zod/mini';

/**
 * Reads a request's body up to a size, in bytes. `null`: too large. The declared length is only a hint, so what really
 * comes is counted.
 */
export async function readBody(c: Context, maxBytes: number): Promise<string | null> {
  if (Number(c.req.header('Content-Length') ?? 0) > maxBytes) return null;
  const stream = c.req.raw.body;
  if (!stream) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** JSON of a given shape; `null` where it is not JSON or not of the shape. */
export function parseJson<T>(text: string, schema: ZodMiniType<T>): T | null {
  try {
    const read = schema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
