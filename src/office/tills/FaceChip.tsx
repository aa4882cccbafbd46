import type { ChipProps } from '../../ui/Chip.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { useOffice } from '../app/context.ts';
import type { TillFace } from './tillFaces.ts';

type Look = Required<Pick<ChipProps, 'tone' | 'icon'>>;

const LOOKS: Readonly<Record<TillFace['kind'], Look>> = {
  copied: { tone: 'bad', icon: 'users' },
  revoked: { tone: 'plain', icon: 'lock' },
  missing: { tone: 'warn', icon: 'alert' },
  unsentLong: { tone: 'warn', icon: 'clock' },
  unsent: { tone: 'plain', icon: 'sync' },
  here: { tone: 'good', icon: 'wifi' },
  away: { tone: 'plain', icon: 'wifiOff' },
  quietLong: { tone: 'warn', icon: 'wifiOff' },
  clockOff: { tone: 'warn', icon: 'clock' },
  storageFull: { tone: 'warn', icon: 'alert' },
  notPersisted: { tone: 'warn', icon: 'shield' },
  otherVersion: { tone: 'plain', icon: 'download' },
  trouble: { tone: 'warn', icon: 'alert' },
};

/** One thing about a till, in a few words. */
export function FaceChip({ face, now }: { readonly face: TillFace; readonly now: number }) {
  const words = useFaceWords();
  return (
    <Chip size="s" {...LOOKS[face.kind]} data-test={`face-${face.kind}`}>
      {words(face, now)}
    </Chip>
  );
}

export function useFaceWords(): (face: TillFace, now: number) => string {
  const { text, format } = useOffice();
  const say = text.tills.faces;
  return (face, now) => {
    switch (face.kind) {
      case 'away':
        return face.since === null ? say.never : say.away({ ago: format.ago(now - face.since) });
      case 'quietLong':
        return say.quietLong({ age: format.age(now - face.since) });
      case 'unsent':
        return say.unsent({ n: format.number(face.count) });
      case 'unsentLong':
        return say.unsentLong({ n: format.number(face.count), age: format.age(now - face.since) });
      case 'missing':
        return say.missing({ n: format.number(face.count) });
      case 'clockOff':
        return say.clockOff({ age: format.duration(face.by) });
      case 'storageFull':
        return say.storageFull({ percent: format.percent(face.used, face.quota) });
      default:
        return say[face.kind];
    }
  };
}

/** What can be done about it; `null` where nothing needs to be. */
export function useFaceHint(): (face: TillFace) => string | null {
  const say = useOffice().text.tills.hints;
  return (face) => {
    switch (face.kind) {
      case 'trouble':
        return say.trouble({ error: face.error });
      case 'revoked':
      case 'otherVersion':
      case 'unsent':
      case 'here':
      case 'away':
        return null;
      default:
        return say[face.kind];
    }
  };
}
