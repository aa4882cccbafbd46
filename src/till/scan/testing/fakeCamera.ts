import type { Memory } from '../camera/cameraChoice.ts';
import type { CameraDevices } from '../camera/cameraStream.ts';

/** A camera of a made-up tablet. */
export interface FakeCamera {
  readonly deviceId: string;
  readonly label: string;
  readonly facingMode?: string;
  readonly torch?: boolean;
}

export class FakeTrack extends EventTarget {
  readonly camera: FakeCamera;
  readyState: 'live' | 'ended' = 'live';
  muted = false;
  /** Everything asked of the track, in order; `stop` among it. */
  readonly calls: string[] = [];
  constructor(camera: FakeCamera) {
    super();
    this.camera = camera;
  }
  get label(): string {
    return this.camera.label;
  }
  getSettings(): MediaTrackSettings {
    const { deviceId, facingMode } = this.camera;
    return facingMode === undefined ? { deviceId } : { deviceId, facingMode };
  }
  getCapabilities(): object {
    return this.camera.torch === true ? { torch: true } : {};
  }
  applyConstraints(constraints: MediaTrackConstraints): Promise<void> {
    this.calls.push(JSON.stringify(constraints.advanced?.[0]));
    return Promise.resolve();
  }
  stop(): void {
    this.calls.push('stop');
    this.readyState = 'ended';
  }
}

interface Request {
  readonly video: MediaTrackConstraints | true;
  grant(camera: FakeCamera): FakeTrack;
  refuse(name: string): void;
}

/** navigator.mediaDevices, answered by the test: every request waits until it is granted or refused. */
export function fakeDevices(cameras: readonly FakeCamera[]) {
  const requests: Request[] = [];
  const devices: CameraDevices = {
    enumerateDevices: () =>
      Promise.resolve(cameras.map((camera) => ({ ...camera, kind: 'videoinput' }) as MediaDeviceInfo)),
    getUserMedia: (constraints) =>
      new Promise<MediaStream>((resolve, reject) => {
        requests.push({
          video: constraints?.video as MediaTrackConstraints | true,
          grant(camera) {
            const track = new FakeTrack(camera);
            const tracks = [track];
            resolve({ getTracks: () => tracks, getVideoTracks: () => tracks } as unknown as MediaStream);
            return track;
          },
          refuse: (name) => reject(Object.assign(new Error(name), { name })),
        });
      }),
  };
  return { devices, requests };
}

export function fakeMemory(): Memory {
  const values = new Map<string, string>();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) };
}

/** Timers that run when the test says so. */
export function fakeTime() {
  let now = 0;
  let count = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  return {
    now: () => now,
    setTimer: (callback: () => void, ms: number) => {
      timers.set(++count, { at: now + ms, callback });
      return count;
    },
    clearTimer: (timer: number) => void timers.delete(timer),
    /** Lets time go by, timers due in order, and everything that they set off settle. */
    async pass(ms: number) {
      const until = now + ms;
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.at <= until).sort(([, a], [, b]) => a.at - b.at)[0];
        if (!due) break;
        now = due[1].at;
        timers.delete(due[0]);
        due[1].callback();
        await settled();
      }
      now = until;
      await settled();
    },
  };
}

/** Everything that has been promised and is not waiting for the test has happened. */
export function settled(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}
