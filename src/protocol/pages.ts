/** Members of a snapshot are spread over this many buckets; a page is a range of them. */
export const BUCKETS = 65_536;

/** Members that a snapshot page holds on average. */
export const MEMBERS_PER_PAGE = 300;

/** The bucket of a member: FNV-1a over the id's code units, folded to 16 bits. The same at the server and every till. */
export function bucketOf(member: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < member.length; i++) {
    hash ^= member.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash ^ (hash >>> 16)) & 0xffff;
}

/** Which of `pages` pages a member is on. */
export function pageOf(member: string, pages: number): number {
  return Math.floor((bucketOf(member) * pages) / BUCKETS);
}

/** The buckets `[from, to)` that make up a page. */
export function bucketsOfPage(page: number, pages: number): { readonly from: number; readonly to: number } {
  return { from: Math.ceil((page * BUCKETS) / pages), to: Math.ceil(((page + 1) * BUCKETS) / pages) };
}
