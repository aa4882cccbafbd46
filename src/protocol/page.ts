/**
 * The snapshot page, from 0, that holds a member: FNV-1a (32 bit) of the id's characters, modulo the number of pages.
 * Server and till agree on it, so that a till finds a member without an index.
 */
export function pageOf(member: string, pages: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < member.length; at++) {
    hash = Math.imul(hash ^ member.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0) % Math.max(1, pages);
}
