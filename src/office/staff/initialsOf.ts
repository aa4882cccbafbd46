/** Two letters for a round picture; Hungarian double letters stay together (Zsófi: Zs). */
export function initialsOf(name: string): string {
  const [first = ''] = name.trim().split(/\s+/);
  const double = /^(?:dzs|cs|dz|gy|ly|ny|sz|ty|zs)/i.exec(first)?.[0];
  return double ?? first.slice(0, 1).toUpperCase();
}
