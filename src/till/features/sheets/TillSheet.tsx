import { Sheet, type SheetProps } from '../../../ui/Sheet.tsx';
import { useScreen } from '../app/context.tsx';
import { Notices } from '../counter/Notices.tsx';

/** A sheet of the till: codes are read while it is open, and what is wrong with one is said where it can be seen. */
export function TillSheet(props: Omit<SheetProps, 'isOpen' | 'note'>) {
  const told = useScreen((screen) => screen.notice !== null);
  return <Sheet {...props} isOpen note={told && <Notices />} />;
}
