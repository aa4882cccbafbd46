import { useEffect, useState } from 'react';
import type { ShopFace } from '../../protocol/card/cardApi.ts';
import type { Answer } from '../phone/api.ts';
import { fetchShop } from '../phone/api.ts';

/** A shop's face from the server, `null` until an answer came; asked again by `again`. */
export function useShop(shop: string): { readonly answer: Answer<ShopFace> | null; readonly again: () => void } {
  const [answer, setAnswer] = useState<Answer<ShopFace> | null>(null);
  useEffect(() => {
    let left = false;
    const ask = async () => {
      const got = await fetchShop(shop);
      if (!left) setAnswer(got);
    };
    void ask();
    return () => {
      left = true;
    };
  }, [shop]);
  const again = async () => setAnswer(await fetchShop(shop));
  return { answer, again: () => void again() };
}
