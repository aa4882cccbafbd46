import {
  facingOf,
  rememberCamera,
  rememberedCamera,
  wishes,
  type CameraChoice,
  type Facing,
  type Memory,
} from './cameraChoice.ts';
import {
  focusContinuously,
  hasTorch,
  openStream,
  setTorch,
  stopStream,
  type CameraDevices,
  type CameraTrouble,
} from './cameraStream.ts';

export type CameraState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'live';
      readonly stream: MediaStream;
      readonly facing: Facing;
      readonly torch: 'none' | 'off' | 'on';
      readonly canSwitch: boolean;
    }
  /** The page is hidden; the camera comes back with it. */
  | { readonly kind: 'suspended' }
  | { readonly kind: 'failed'; readonly trouble: CameraTrouble };

export interface Camera {
  readonly state: CameraState;
  subscribe(listener: () => void): () => void;
  /** Opens the camera, from a tap where possible (iOS then asks less often). Nothing happens when it is open or opening. */
  open(): Promise<void>;
  /** Stops the camera for good, until it is opened again. */
  close(): void;
  /** The next camera of this device; remembered. */
  switchCamera(): Promise<void>;
  /** Switches the torch, where there is one. Off at every start: it glares on phone glass. */
  switchTorch(on: boolean): Promise<void>;
  /** Told for every picture that arrives at a visible video: feeds the watchdogs. */
  frameSeen(): void;
  /** Whether anybody looks at the picture: the watchdogs rest when no video shows it. */
  watched(on: boolean): void;
  /** The page went out of sight. */
  pageHidden(): void;
  /** It came back (also for focus and pageshow: iOS may tell nothing else), or a camera was plugged in. */
  pageShown(): void;
}

export interface CameraDeps {
  readonly devices: CameraDevices | undefined;
  readonly memory: Memory;
  readonly setTimer: (callback: () => void, ms: number) => number;
  readonly clearTimer: (timer: number) => void;
  readonly now: () => number;
}

const FIRST_FRAME_WITHIN_MS = 3000;
const NEXT_FRAME_WITHIN_MS = 2000;
/** Capabilities are empty for a while after the start. */
const ABILITIES_AFTER_MS = 500;
/** A track may be muted and unmuted within its first moments; that is no reason to start again. */
const MUTE_COUNTS_AFTER_MS = 2000;

/** One camera, one stream, kept open across screens. Knows no DOM: whoever shows the picture feeds it frames. */
export function createCamera(deps: CameraDeps): Camera {
  const listeners = new Set<() => void>();
  let state: CameraState = { kind: 'idle' };
  // Every open and stop is a new epoch; what an older one still delivers is stopped at once and changes nothing.
  let epoch = 0;
  let timer: number | undefined;
  let abilities: number | undefined;
  let watching = false;
  let framesSeen = 0;
  let restarts = 0;
  let liveSince = 0;

  const become = (next: CameraState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const clear = (): void => {
    if (timer !== undefined) deps.clearTimer(timer);
    if (abilities !== undefined) deps.clearTimer(abilities);
    timer = abilities = undefined;
  };
  const stop = (): Promise<void> => {
    epoch++;
    clear();
    return state.kind === 'live' ? stopStream(state.stream, state.torch === 'on') : Promise.resolve();
  };
  const watch = (): void => {
    if (timer !== undefined) deps.clearTimer(timer);
    timer = undefined;
    if (state.kind !== 'live' || !watching) return;
    timer = deps.setTimer(() => void frozen(), framesSeen === 0 ? FIRST_FRAME_WITHIN_MS : NEXT_FRAME_WITHIN_MS);
  };
  /** No picture for too long: start again, plainly (a plain request has cured iOS after a relaunch), then give up in words. */
  const frozen = async (): Promise<void> => {
    if (++restarts <= 2) return start(true);
    await stop();
    become({ kind: 'failed', trouble: 'frozen' });
  };

  const start = async (video: MediaTrackConstraints | true): Promise<void> => {
    const stopped = stop();
    const mine = epoch;
    become({ kind: 'opening' });
    await stopped;
    if (mine !== epoch) return;
    let opened = await openStream(deps.devices, video);
    if (mine === epoch && opened.ok && video !== true) {
      const wanted = await chosenByLabel(opened.stream);
      if (wanted !== null && mine === epoch) {
        await stopStream(opened.stream, false);
        opened = await openStream(deps.devices, { ...video, deviceId: { exact: wanted } });
      }
    }
    const others = opened.ok ? await cameras() : [];
    if (mine !== epoch) {
      if (opened.ok) await stopStream(opened.stream, false);
      return;
    }
    if (!opened.ok) return become({ kind: 'failed', trouble: opened.trouble });
    live(opened.stream, others.length > 1);
  };

  const live = (stream: MediaStream, canSwitch: boolean): void => {
    const [track] = stream.getVideoTracks();
    if (!track) return become({ kind: 'failed', trouble: 'missing' });
    const mine = epoch;
    framesSeen = 0;
    liveSince = deps.now();
    track.addEventListener('ended', () => {
      if (mine === epoch) void start(wishes(rememberedCamera(deps.memory)));
    });
    become({ kind: 'live', stream, facing: facingOf(track), torch: 'none', canSwitch });
    watch();
    abilities = deps.setTimer(() => {
      if (mine !== epoch || state.kind !== 'live') return;
      if (hasTorch(stream)) become({ ...state, torch: 'off' });
      void focusContinuously(stream);
    }, ABILITIES_AFTER_MS);
  };

  const cameras = async (): Promise<MediaDeviceInfo[]> => {
    const all = await deps.devices?.enumerateDevices().catch(() => []);
    return (all ?? []).filter((device) => device.kind === 'videoinput');
  };
  /** Ids may have changed since the choice was made: the camera of that name, if another one was opened. */
  const chosenByLabel = async (stream: MediaStream): Promise<string | null> => {
    const choice = rememberedCamera(deps.memory);
    const [track] = stream.getVideoTracks();
    if (!choice?.label || !track || track.label === choice.label) return null;
    return (await cameras()).find((device) => device.label === choice.label)?.deviceId || null;
  };

  const open = async (): Promise<void> => {
    if (state.kind === 'live' || state.kind === 'opening') return;
    restarts = 0;
    await start(wishes(rememberedCamera(deps.memory)));
  };

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open,
    close() {
      void stop();
      become({ kind: 'idle' });
    },
    async switchCamera() {
      if (state.kind !== 'live') return;
      const [track] = state.stream.getVideoTracks();
      const all = await cameras();
      const at = all.findIndex(
        (device) => device.deviceId === track?.getSettings().deviceId || device.label === track?.label,
      );
      const next = all[(at + 1) % all.length];
      if (!next || state.kind !== 'live') return;
      const choice: CameraChoice = {
        facing: state.facing === 'front' ? 'back' : 'front',
        deviceId: next.deviceId,
        label: next.label,
      };
      rememberCamera(deps.memory, choice);
      await start({ ...wishes(choice), deviceId: { exact: next.deviceId } });
      // What the new camera says about itself is better than the guess.
      if (state.kind === 'live') rememberCamera(deps.memory, { ...choice, facing: state.facing });
    },
    async switchTorch(on) {
      if (state.kind !== 'live' || state.torch === 'none') return;
      const mine = epoch;
      if ((await setTorch(state.stream, on)) && mine === epoch && state.kind === 'live')
        become({ ...state, torch: on ? 'on' : 'off' });
    },
    frameSeen() {
      framesSeen++;
      // A picture that has been moving for a while has earned new attempts.
      if (framesSeen > 100) restarts = 0;
      watch();
    },
    watched(on) {
      if (watching === on) return;
      watching = on;
      watch();
    },
    pageHidden() {
      if (state.kind !== 'live' && state.kind !== 'opening') return;
      void stop();
      become({ kind: 'suspended' });
    },
    pageShown() {
      if (state.kind === 'suspended') return void start(wishes(rememberedCamera(deps.memory)));
      // Whatever held the camera may be gone by now; a refusal is asked about again by a tap only.
      if (state.kind === 'failed' && ['inUse', 'frozen', 'missing'].includes(state.trouble)) return void open();
      if (state.kind !== 'live') return;
      const [track] = state.stream.getVideoTracks();
      const muted = track?.muted === true && deps.now() - liveSince > MUTE_COUNTS_AFTER_MS;
      if (track?.readyState === 'ended' || muted) void start(wishes(rememberedCamera(deps.memory)));
    },
  };
}
