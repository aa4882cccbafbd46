/** Which way a camera looks, seen from whoever looks at the tablet. Front pictures are shown mirrored. */
export type Facing = 'front' | 'back';

/** What is remembered about the camera that staff chose. Ids change (iOS makes new ones), so its label helps. */
export interface CameraChoice {
  readonly facing: Facing;
  readonly deviceId: string;
  readonly label: string;
}

/** The part of Storage that is needed; localStorage in the browser. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'regulars.till.camera';

export function rememberedCamera(memory: Memory): CameraChoice | null {
  try {
    const value: unknown = JSON.parse(memory.getItem(KEY) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { facing, deviceId, label } = value as Partial<Record<keyof CameraChoice, unknown>>;
    if (typeof deviceId !== 'string' || typeof label !== 'string') return null;
    return { facing: facing === 'back' ? 'back' : 'front', deviceId, label };
  } catch {
    return null;
  }
}

export function rememberCamera(memory: Memory, choice: CameraChoice): void {
  try {
    memory.setItem(KEY, JSON.stringify(choice));
  } catch {
    // A full or forbidden storage only means that the choice is asked again.
  }
}

/** A webcam that does not say where it looks (most of them) looks at the person before it. */
export function facingOf(track: Pick<MediaStreamTrack, 'label' | 'getSettings'>): Facing {
  const told = track.getSettings().facingMode;
  if (told) return told === 'environment' ? 'back' : 'front';
  return /\b(back|rear|environment|hátsó|hátlapi)\b/iu.test(track.label) ? 'back' : 'front';
}

/** What is asked of the browser: wishes only, so that any camera will do. A tablet on a stand wants its front camera. */
export function wishes(choice: CameraChoice | null): MediaTrackConstraints {
  return {
    facingMode: { ideal: choice?.facing === 'back' ? 'environment' : 'user' },
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
    ...(choice?.deviceId ? { deviceId: { ideal: choice.deviceId } } : {}),
  };
}
