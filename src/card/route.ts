/** Where the customer came in. */
export type Route =
  | { readonly kind: 'card' }
  /** From the poster. */
  | { readonly kind: 'join'; readonly shop: string }
  /** A card was opened with a camera; the server has moved its token into the fragment, which is sent to nobody. */
  | { readonly kind: 'found'; readonly token: string }
  | { readonly kind: 'recover' };

export function routeOf(location: Pick<Location, 'pathname' | 'hash'>): Route {
  const shop = /^\/c\/join\/([^/]+)\/?$/i.exec(location.pathname)?.[1];
  if (shop !== undefined) return { kind: 'join', shop: decodeURIComponent(shop) };
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get('t');
  if (token !== null) return { kind: 'found', token };
  return location.pathname === '/c/recover' ? { kind: 'recover' } : { kind: 'card' };
}
