const DIGRAPHS = ['dzs', 'cs', 'dz', 'gy', 'ly', 'ny', 'sz', 'ty', 'zs'];

/** Initials for a small round: one of each of the first two words; a Hungarian digraph stays together for a single name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length > 1) return words.slice(0, 2).map(first).join('');
  const [word = ''] = words;
  const digraph = DIGRAPHS.find((letters) => word.toLocaleLowerCase('hu').startsWith(letters));
  return digraph ? first(word) + digraph.slice(1) : first(word);
}

const first = (word: string): string => [...word][0]?.toLocaleUpperCase('hu') ?? '';
