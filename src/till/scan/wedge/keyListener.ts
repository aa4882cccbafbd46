import type { ReadDesk } from '../readDesk.ts';
import { looksLikeCode } from '../read.ts';
import { wedge } from './wedge.ts';

/** Shorter texts (a phone number, an amount, a typed code) may well be meant for the field that they are pasted into. */
const CARD_LENGTH = 40;

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Listens for keyboard scanners and pasted codes everywhere on the page, whatever has the focus. */
export function listenToKeys(page: Document, desk: ReadDesk): () => void {
  const isOurs = (text: string): boolean => (desk.current?.isOurs ?? looksLikeCode)(text);
  const scanner = wedge(isOurs);
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.isComposing || event.repeat || desk.current === undefined) return;
    const scan = scanner.key(event, event.timeStamp);
    if (!scan) return;
    // The Enter belongs to the scan: it must not press the button or submit the form that has the focus.
    event.preventDefault();
    event.stopPropagation();
    removeTyped(fieldOf(event.target), scan.typed);
    desk.came(scan.text, 'wedge');
  };
  const onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    if (text === '' || desk.current === undefined) return;
    // Into a field, anything may be pasted that is not clearly one of our cards.
    if (fieldOf(event.target) !== null && !(text.length >= CARD_LENGTH && isOurs(text))) return;
    event.preventDefault();
    desk.came(text, 'paste');
  };
  page.addEventListener('keydown', onKey, { capture: true });
  page.addEventListener('paste', onPaste, { capture: true });
  return () => {
    page.removeEventListener('keydown', onKey, { capture: true });
    page.removeEventListener('paste', onPaste, { capture: true });
  };
}

function fieldOf(target: EventTarget | null): Field | null {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;
}

/** Takes back what the scanner typed into a field that happened to have the focus (an amount, a name). */
function removeTyped(field: Field | null, count: number): void {
  if (!field) return;
  const end = field.selectionStart ?? field.value.length;
  const rest = field.value.slice(0, Math.max(0, end - count)) + field.value.slice(end);
  // React watches the element's own setter; the prototype's reaches the value and lets the event tell React.
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, rest);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
