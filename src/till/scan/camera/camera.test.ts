import { describe, expect, it } from 'vitest';
import { createCamera } from './camera.ts';
import { fakeDevices, fakeMemory, fakeTime, settled, type FakeCamera, type FakeTrack } from '../testing/fakeCamera.ts';

const FRONT: FakeCamera = { deviceId: 'f', label: 'Front', facingMode: 'user' };
const BACK: FakeCamera = { deviceId: 'b', label: 'Back', facingMode: 'environment', torch: true };

function setUp(cameras: readonly FakeCamera[] = [FRONT, BACK], memory = fakeMemory()) {
  const { devices, requests } = fakeDevices(cameras);
  const time = fakeTime();
  const camera = createCamera({ devices, memory, ...time });
  /** Opens the camera and has the browser grant this one. */
  const openWith = async (wanted: FakeCamera): Promise<FakeTrack> => {
    void camera.open();
    await settled();
    return grant(wanted);
  };
  const grant = async (wanted: FakeCamera): Promise<FakeTrack> => {
    const track = requests.at(-1)?.grant(wanted);
    if (!track) throw new Error('nothing was asked for');
    await settled();
    return track;
  };
  return { camera, requests, time, memory, openWith, grant };
}

describe('opening', () => {
  it('asks for the front camera at first, and shows what it got', async () => {
    const { camera, requests, openWith } = setUp();
    const kinds: string[] = [];
    camera.subscribe(() => kinds.push(camera.state.kind));
    await openWith(FRONT);
    expect(requests.map((request) => request.video)).toMatchObject([{ facingMode: { ideal: 'user' } }]);
    expect(kinds).toEqual(['opening', 'live']);
    expect(camera.state).toMatchObject({ facing: 'front', torch: 'none', canSwitch: true });
  });

  it('asks once, however often it is opened', async () => {
    const { camera, requests, openWith } = setUp();
    void camera.open();
    await openWith(FRONT);
    await camera.open();
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'inUse'],
    ['AbortError', 'inUse'],
  ])('tells %s as "%s"', async (name, trouble) => {
    const { camera, requests } = setUp();
    void camera.open();
    await settled();
    requests[0]?.refuse(name);
    await settled();
    expect(camera.state).toEqual({ kind: 'failed', trouble });
  });

  it('asks again without wishes where they cannot be met', async () => {
    const { camera, requests, grant } = setUp();
    void camera.open();
    await settled();
    requests[0]?.refuse('OverconstrainedError');
    await settled();
    expect(requests[1]?.video).toBe(true);
    await grant(BACK);
    expect(camera.state).toMatchObject({ kind: 'live', facing: 'back' });
  });

  it('says so where the browser has no camera access', async () => {
    const camera = createCamera({ devices: undefined, memory: fakeMemory(), ...fakeTime() });
    await camera.open();
    expect(camera.state).toEqual({ kind: 'failed', trouble: 'unsupported' });
  });

  it('stops a stream at once that arrives after it was closed', async () => {
    const { camera, requests } = setUp();
    void camera.open();
    await settled();
    camera.close();
    const unwanted = requests[0]?.grant(FRONT);
    await settled();
    expect(unwanted?.readyState).toBe('ended');
    expect(camera.state.kind).toBe('idle');
  });
});

describe('the watchdogs', () => {
  it('start again plainly when no first frame comes in 3 s, and give up in words after two tries', async () => {
    const { camera, requests, time, openWith, grant } = setUp();
    camera.watched(true);
    const first = await openWith(FRONT);
    await time.pass(2999);
    expect(requests).toHaveLength(1);
    await time.pass(1);
    expect(first.readyState).toBe('ended');
    expect(requests[1]?.video).toBe(true);
    await grant(FRONT);
    await time.pass(3000);
    const last = await grant(FRONT);
    await time.pass(3000);
    expect(requests).toHaveLength(3);
    expect(last.readyState).toBe('ended');
    expect(camera.state).toEqual({ kind: 'failed', trouble: 'frozen' });
  });

  it('start again when a stream stands still for 2 s', async () => {
    const { camera, requests, time, openWith } = setUp();
    camera.watched(true);
    await openWith(FRONT);
    for (let frame = 0; frame < 40; frame++) {
      await time.pass(100);
      camera.frameSeen();
    }
    expect(requests).toHaveLength(1);
    await time.pass(2000);
    expect(requests).toHaveLength(2);
  });

  it('rest while nobody looks at the picture', async () => {
    const { camera, requests, time, openWith } = setUp();
    await openWith(FRONT);
    await time.pass(60_000);
    expect(requests).toHaveLength(1);
    expect(camera.state.kind).toBe('live');
  });
});

describe('the page', () => {
  it('stops the camera when it is hidden and opens it when it is back', async () => {
    const { camera, requests, openWith, grant } = setUp();
    const track = await openWith(FRONT);
    camera.pageHidden();
    await settled();
    expect(track.readyState).toBe('ended');
    expect(camera.state.kind).toBe('suspended');
    camera.pageShown();
    await settled();
    expect(requests).toHaveLength(2);
    await grant(FRONT);
    expect(camera.state.kind).toBe('live');
  });

  it('opens nothing by coming back when the camera was not open', async () => {
    const { camera, requests } = setUp();
    camera.pageHidden();
    camera.pageShown();
    await settled();
    expect(requests).toHaveLength(0);
    expect(camera.state.kind).toBe('idle');
  });

  it('tries a camera again by itself that another app held, but never one that was refused', async () => {
    const { camera, requests } = setUp();
    void camera.open();
    await settled();
    requests[0]?.refuse('NotReadableError');
    await settled();
    camera.pageShown();
    await settled();
    expect(requests).toHaveLength(2);
    requests[1]?.refuse('NotAllowedError');
    await settled();
    camera.pageShown();
    await settled();
    expect(requests).toHaveLength(2);
    expect(camera.state).toEqual({ kind: 'failed', trouble: 'denied' });
  });

  it('starts a stream again that iOS ended or muted meanwhile, but not for a mute in its first 2 s', async () => {
    const { camera, requests, time, openWith } = setUp();
    const track = await openWith(FRONT);
    track.muted = true;
    await time.pass(1000);
    camera.pageShown();
    await settled();
    expect(requests).toHaveLength(1);
    await time.pass(1500);
    camera.pageShown();
    await settled();
    expect(requests).toHaveLength(2);
  });
});

describe('switching', () => {
  it('stops the old stream first, opens the other camera, and remembers it', async () => {
    const { camera, requests, memory, openWith, grant } = setUp();
    const front = await openWith(FRONT);
    void camera.switchCamera();
    await settled();
    expect(front.readyState).toBe('ended');
    expect(requests[1]?.video).toMatchObject({ deviceId: { exact: 'b' } });
    await grant(BACK);
    expect(camera.state).toMatchObject({ kind: 'live', facing: 'back' });

    const next = setUp([FRONT, BACK], memory);
    await next.openWith(BACK);
    expect(next.requests[0]?.video).toMatchObject({ facingMode: { ideal: 'environment' }, deviceId: { ideal: 'b' } });
  });

  it('finds the chosen camera by its name where its id has changed', async () => {
    const memory = fakeMemory();
    const before = setUp([FRONT, BACK], memory);
    await before.openWith(FRONT);
    void before.camera.switchCamera();
    await settled();
    await before.grant(BACK);

    const renamed = { ...BACK, deviceId: 'b2' };
    const { camera, requests, openWith, grant } = setUp([FRONT, renamed], memory);
    const wrong = await openWith(FRONT);
    expect(wrong.readyState).toBe('ended');
    expect(requests[1]?.video).toMatchObject({ deviceId: { exact: 'b2' } });
    await grant(renamed);
    expect(camera.state).toMatchObject({ kind: 'live', facing: 'back' });
  });

  it('offers the torch once the camera has told that it has one, and puts it out before the stream ends', async () => {
    const { camera, time, openWith } = setUp();
    const track = await openWith(BACK);
    expect(camera.state).toMatchObject({ torch: 'none' });
    await time.pass(500);
    expect(camera.state).toMatchObject({ torch: 'off' });
    await camera.switchTorch(true);
    expect(camera.state).toMatchObject({ torch: 'on' });
    camera.close();
    await settled();
    expect(track.calls.filter((call) => !call.includes('focus'))).toEqual([
      '{"torch":true}',
      '{"torch":false}',
      'stop',
    ]);
  });
});
