/** The pairing code in an address (`https://shop.example/till/#pair=CODE`) or its fragment; null where there is none. */
export function pairCodeIn(text: string): string | null {
  const code = /#pair=([^&\s]+)/i.exec(text)?.[1];
  if (!code) return null;
  try {
    return decodeURIComponent(code);
  } catch {
    return null;
  }
}
