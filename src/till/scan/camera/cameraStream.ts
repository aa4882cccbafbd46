/** Why there is no picture. Each has its own words on the screen, and its own way out. */
export type CameraTrouble =
  /** The person or the browser said no. */
  | 'denied'
  /** No camera, or the one asked for is gone. */
  | 'missing'
  /** Another program holds it, or the system cannot start it. */
  | 'inUse'
  /** It opened, but no picture comes. */
  | 'frozen'
  /** The browser has no camera access here: an insecure address, most often. */
  | 'unsupported';

export type Opened =
  { readonly ok: true; readonly stream: MediaStream } | { readonly ok: false; readonly trouble: CameraTrouble };

/** The part of navigator.mediaDevices that is needed. */
export type CameraDevices = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'>;

/**
 * Opens a camera. Constraints that cannot be met (OverconstrainedError, an unknown device) are dropped and tried once
 * more, since any camera is better than none. The caller must have stopped the stream before: on iOS a second one kills the first.
 */
export async function openStream(
  devices: CameraDevices | undefined,
  video: MediaTrackConstraints | true,
): Promise<Opened> {
  if (!devices) return { ok: false, trouble: 'unsupported' };
  try {
    return { ok: true, stream: await devices.getUserMedia({ audio: false, video }) };
  } catch (error) {
    if (nameOf(error) === 'OverconstrainedError' && video !== true) return openStream(devices, true);
    return { ok: false, trouble: troubleOf(error) };
  }
}

function troubleOf(error: unknown): CameraTrouble {
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'TypeError':
      return 'unsupported';
    default:
      return 'inUse';
  }
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}

/** Ends a stream. The torch goes off first: a light that outlives its track cannot be switched off any more. */
export async function stopStream(stream: MediaStream, torchIsOn: boolean): Promise<void> {
  if (torchIsOn) await setTorch(stream, false);
  for (const track of stream.getTracks()) track.stop();
}

/** @returns whether the camera has a torch that can be switched; asked of the track, since browsers misreport what they support. */
export function hasTorch(stream: MediaStream): boolean {
  const [track] = stream.getVideoTracks();
  if (!track || typeof track.getCapabilities !== 'function') return false;
  const abilities: MediaTrackCapabilities & { torch?: boolean } = track.getCapabilities();
  return abilities.torch === true;
}

/** @returns whether the torch is as wished now. */
export async function setTorch(stream: MediaStream, on: boolean): Promise<boolean> {
  const [track] = stream.getVideoTracks();
  try {
    const wish: MediaTrackConstraintSet & { torch: boolean } = { torch: on };
    await track?.applyConstraints({ advanced: [wish] });
    return true;
  } catch {
    return false;
  }
}

/** Continuous focus where the camera knows it; refused elsewhere, which is no harm. */
export async function focusContinuously(stream: MediaStream): Promise<void> {
  const wish: MediaTrackConstraintSet & { focusMode: string } = { focusMode: 'continuous' };
  const [track] = stream.getVideoTracks();
  await track?.applyConstraints({ advanced: [wish] }).catch(() => undefined);
}
