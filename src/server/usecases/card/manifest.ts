import type { ShopFace } from '../../../protocol/card/cardApi.ts';

const PAPER = '#f7f2e9';

/**
 * The installed card. Its start address carries the key by which it comes back: on an iPhone the home-screen app starts with
 * empty storage and without the browser's cookies. The key is in the fragment, which no log sees.
 */
export function cardManifest(shop: ShopFace | null, comeback: string | null): object {
  const name = shop?.business.name ?? 'Regulars';
  return {
    id: '/c/',
    name,
    short_name: name,
    start_url: comeback === null ? '/c/' : `/c/#k=${comeback}`,
    scope: '/c/',
    display: 'standalone',
    orientation: 'portrait',
    lang: shop?.business.languages[0] ?? 'en',
    background_color: PAPER,
    theme_color: PAPER,
    icons: [
      { src: '/icons/card-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/card-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/card-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
