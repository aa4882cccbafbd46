import { useEffect, useState } from 'react';

/** The token of a set-up link stands in the fragment, which is never sent; it also comes when a link is pasted here. */
export function useSetupToken(): string | null {
  const [token, setToken] = useState(read);
  useEffect(() => {
    const changed = () => setToken(read());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return token;
}

function read(): string | null {
  const found = /^#([\w-]{20,200})$/.exec(location.hash)?.[1];
  return found ?? null;
}
