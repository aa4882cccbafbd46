import { CAMERA_HEIGHT, CAMERA_WIDTH } from './camera-size.ts';
import { defocus, drawGlare, drawHeld, drawRoom, emptyPicture, sensorNoise } from './picture.ts';
import type { Pose } from './projection.ts';
import { seededRandom, type Random } from './random.ts';
import { phoneSprite } from './sprite.ts';

export const CONDITIONS = ['tilt', 'dim', 'glare', 'motion', 'noise', 'inverted', 'far', 'defocus', 'combo'] as const;
type Condition = (typeof CONDITIONS)[number];

/** A frame that is hard to read: 1280x720, one byte of luma per pixel. */
export interface HardFrame {
  readonly condition: Condition;
  /** The text of the code that is in the frame. */
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8ClampedArray;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A text of the length and alphabet of a signed card: an upper-case address and 157 base32 signs (the rotating kind). */
function cardLikeText(random: Random): string {
  return `HTTPS://CARD.EXAMPLE/C/${Array.from({ length: 157 }, () => ALPHABET[random.below(32)]).join('')}`;
}

/**
 * Draws `count` hard frames, the conditions in turn. The same seed always gives the same frames; they are made one by
 * one, because a few hundred of them together would fill the memory.
 */
export function* hardFrames(seed: number, count: number): Generator<HardFrame> {
  const random = seededRandom(seed);
  for (let number = 0; number < count; number++) {
    const condition = CONDITIONS[number % CONDITIONS.length] ?? 'combo';
    yield drawFrame(condition, cardLikeText(random), random);
  }
}

function drawFrame(condition: Condition, text: string, random: Random): HardFrame {
  const picture = emptyPicture(CAMERA_WIDTH, CAMERA_HEIGHT);
  const is = (...names: Condition[]): boolean => names.includes(condition);
  drawRoom(picture, is('dim', 'combo') ? 22 : 40, random);
  const light = is('dim') ? random.between(62, 90) : is('combo') ? random.between(75, 110) : random.between(170, 215);
  const dark = is('dim') ? 28 : 32;
  const sprite = phoneSprite(
    text,
    is('inverted') ? { paper: dark, ink: light, bezel: 12 } : { paper: light, ink: dark, bezel: 12 },
  );
  const steep = is('tilt')
    ? random.between(0.6, 0.95)
    : is('combo')
      ? random.between(0.3, 0.6)
      : random.between(0, 0.2);
  const sign = random.below(2) === 0 ? -1 : 1;
  const pose: Pose = {
    x: CAMERA_WIDTH * random.between(0.35, 0.65),
    y: CAMERA_HEIGHT * random.between(0.45, 0.55),
    scale: is('far') ? random.between(0.3, 0.38) : random.between(0.5, 0.62),
    roll: random.between(-0.4, 0.4),
    yaw: sign * steep,
    pitch: random.between(-0.25, 0.25),
  };
  const blur = is('motion') ? random.between(3, 7) : is('combo') ? random.between(2, 5) : 0;
  const angle = random.between(0, Math.PI);
  drawHeld(picture, sprite, pose, { ...pose, x: pose.x + blur * Math.cos(angle), y: pose.y + blur * Math.sin(angle) });
  if (is('defocus')) defocus(picture, 2 + random.below(2));
  if (is('glare', 'combo')) {
    const strength = is('glare') ? random.between(90, 200) : random.between(40, 90);
    drawGlare(picture, {
      x: pose.x + random.between(-90, 90),
      y: pose.y + random.between(-60, 60),
      radius: random.between(50, 110),
      strength,
    });
  }
  const deviation = is('noise') ? random.between(5, 14) : is('dim', 'combo') ? random.between(6, 9) : 4;
  const gray = new Uint8ClampedArray(picture.luma.length);
  sensorNoise(deviation, random).addTo(picture, gray);
  return { condition, text, width: CAMERA_WIDTH, height: CAMERA_HEIGHT, gray };
}
