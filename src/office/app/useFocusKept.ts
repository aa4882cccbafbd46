import { useEffect } from 'react';

/** What can take over from a button that went away, from near to far. */
const NEIGHBORS = 'form, li, section, main';

/**
 * A button that is switched off, or goes away with what it settled, takes the keyboard's place on the page with it: the
 * browser starts again at the top. Here focus stays near instead, on the smallest part of the page that is still there.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let last: Element | null = null;
    let near: readonly HTMLElement[] = [];
    const remember = ({ target }: FocusEvent): void => {
      // A sheet gives focus back by itself, if what had it is still there.
      if (!(target instanceof Element) || target.closest('[role="dialog"], [role="alertdialog"]')) return;
      last = target;
      near = ancestorsOf(target);
    };
    const mend = (): void => {
      const { activeElement } = document;
      if (last === null || (last.isConnected && !last.matches(':disabled'))) return;
      if (activeElement !== document.body && activeElement !== null && activeElement !== last) return;
      const next = near.find((one) => one.isConnected) ?? document.querySelector('main');
      if (!next) return;
      next.tabIndex = -1;
      next.style.outline = 'none';
      next.focus({ preventScroll: true });
    };
    const changes = new MutationObserver(mend);
    changes.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', remember);
    return () => {
      changes.disconnect();
      document.removeEventListener('focusin', remember);
    };
  }, []);
}

function ancestorsOf(element: Element): readonly HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let one = element.closest<HTMLElement>(NEIGHBORS); one; one = one.parentElement?.closest(NEIGHBORS) ?? null) {
    found.push(one);
  }
  return found;
}
