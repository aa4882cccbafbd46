import { closeSync, openSync, writeSync } from 'node:fs';
import { CAMERA_HEIGHT, CAMERA_WIDTH } from './camera-size.ts';
import { drawGlare, drawHeld, drawRoom, emptyPicture, sensorNoise, type Picture } from './picture.ts';
import { seededRandom, type Random } from './random.ts';
import { sceneMotion } from './motion.ts';
import { cardSprite, phoneSprite, type Sprite } from './sprite.ts';

type SceneKind = 'dimPhone' | 'brightPhone' | 'darkModePhone' | 'printedCard';

/** One customer: a code that comes into view, is held still, and is gone. */
interface Scene {
  /** The text of the QR code. */
  readonly text: string;
  readonly kind: SceneKind;
  /** How many frames the thing is in the picture; at least 20, so that it is held still for a moment. */
  readonly frames: number;
  /** How many frames show the empty counter before it. */
  readonly blankFramesBefore: number;
}

export interface Clip {
  readonly seed: number;
  readonly scenes: readonly Scene[];
  /** Empty frames at the end. The browser plays the file in a loop: without them the first customer follows the last at once. */
  readonly blankFramesAfter?: number;
  /** Frames per second, 30 unless told. 15 halves the file. */
  readonly fps?: number;
}

const NOISE_DEVIATION = 4.5;

/**
 * Writes a clip that Chromium's fake camera plays (`--use-file-for-fake-video-capture`): 1280x720, limited-range
 * yuv420p, about 1.4 MB a frame. The same clip description always gives the same file.
 */
export function writeClip(path: string, clip: Clip): void {
  const random = seededRandom(clip.seed);
  const room = emptyPicture(CAMERA_WIDTH, CAMERA_HEIGHT);
  drawRoom(room, 26, random);
  const noise = sensorNoise(NOISE_DEVIATION, random);
  const picture = emptyPicture(CAMERA_WIDTH, CAMERA_HEIGHT);
  const frame = emptyFrame();
  const file = openSync(path, 'w');
  const write = (): void => {
    noise.addTo(picture, frame.luma);
    for (let at = 0; at < frame.luma.length; at++) frame.luma[at] = LIMITED[frame.luma[at] ?? 0] ?? 16;
    for (let done = 0; done < frame.bytes.length;) done += writeSync(file, frame.bytes, done);
  };
  const blank = (count: number): void => {
    picture.luma.set(room.luma);
    for (let number = 0; number < count; number++) write();
  };
  try {
    writeSync(file, `YUV4MPEG2 W${CAMERA_WIDTH} H${CAMERA_HEIGHT} F${clip.fps ?? 30}:1 Ip A1:1 C420\n`);
    for (const scene of clip.scenes) {
      blank(scene.blankFramesBefore);
      for (const drawFrame of sceneFrames(scene, random)) {
        picture.luma.set(room.luma);
        drawFrame(picture);
        write();
      }
    }
    blank(clip.blankFramesAfter ?? 0);
  } finally {
    closeSync(file);
  }
}

function* sceneFrames(scene: Scene, random: Random): Generator<(picture: Picture) => void> {
  const sprite = spriteOf(scene);
  const motion = sceneMotion(scene.kind === 'printedCard' ? 0.46 : 0.62, scene.frames, random);
  for (let number = 0; number < scene.frames; number++) {
    yield (picture) => {
      const { from, to, glare } = motion(number);
      drawHeld(picture, sprite, from, to);
      if (glare && scene.kind !== 'printedCard') drawGlare(picture, glare);
    };
  }
}

function spriteOf({ kind, text }: Scene): Sprite {
  switch (kind) {
    case 'dimPhone':
      return phoneSprite(text, { paper: 78, ink: 28, bezel: 12 });
    case 'brightPhone':
      return phoneSprite(text, { paper: 215, ink: 30, bezel: 12 });
    case 'darkModePhone':
      return phoneSprite(text, { paper: 30, ink: 190, bezel: 12 });
    case 'printedCard':
      return cardSprite(text, 150, 34);
  }
}

/** Full range (0 to 255) to the limited range (16 to 235) that y4m players expect. */
const LIMITED = Uint8Array.from({ length: 256 }, (_, value) => Math.round(16 + (value * 219) / 255));

/** A frame's header and planes in one buffer, so that it is written in one go; the chroma planes stay neutral. */
function emptyFrame(): { bytes: Uint8Array; luma: Uint8Array } {
  const header = new TextEncoder().encode('FRAME\n');
  const size = CAMERA_WIDTH * CAMERA_HEIGHT;
  const bytes = new Uint8Array(header.length + size + size / 2).fill(128);
  bytes.set(header);
  return { bytes, luma: bytes.subarray(header.length, header.length + size) };
}
