import { place, type Pose } from './projection.ts';
import type { Random } from './random.ts';
import type { Sprite } from './sprite.ts';

/** One grey picture, luma 0 to 255 (full range), row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8ClampedArray;
}

export interface Glare {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Luma added in the middle of the spot. */
  readonly strength: number;
}

export function emptyPicture(width: number, height: number): Picture {
  return { width, height, luma: new Uint8ClampedArray(width * height) };
}

/** A dim room: a soft light from above, a counter's edge, a few things on a shelf. Nothing in it looks like a code. */
export function drawRoom(picture: Picture, brightness: number, random: Random): void {
  const { width, height, luma } = picture;
  const [lampX, lampY] = [width * random.between(0.3, 0.7), height * random.between(0.1, 0.4)];
  const edge = height * random.between(0.72, 0.82);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const distance = Math.hypot((x - lampX) / width, (y - lampY) / height);
      const light = 1.25 - 0.7 * distance;
      luma[y * width + x] = brightness * light * (y > edge ? 1.5 : 1);
    }
  }
  for (let thing = 0; thing < 9; thing++) {
    const [left, tall, wide] = [random.below(width - 120), 40 + random.below(120), 30 + random.below(90)];
    const shade = random.between(0.6, 1.7);
    for (let y = Math.floor(edge) - tall; y < edge; y++) {
      for (let x = left; x < left + wide; x++) luma[y * width + x] = (luma[y * width + x] ?? 0) * shade;
    }
  }
}

/**
 * Draws a thing as the sensor sees it while it moves from one pose to another during the exposure: four samples per
 * pixel, each at another moment and another place within the pixel.
 */
export function drawHeld(picture: Picture, sprite: Sprite, from: Pose, to: Pose): void {
  const { width, height } = picture;
  const moments = [0.125, 0.375, 0.625, 0.875].map((moment) =>
    place(between(from, to, moment), sprite.width, sprite.height, width, height),
  );
  const left = Math.min(...moments.map(({ box }) => box.left));
  const right = Math.max(...moments.map(({ box }) => box.right));
  const top = Math.min(...moments.map(({ box }) => box.top));
  const bottom = Math.max(...moments.map(({ box }) => box.bottom));
  if (right <= left || bottom <= top) return;
  const sums = new Uint16Array((right - left) * (bottom - top));
  const offsets = [[0.375, 0.125], [0.875, 0.375], [0.125, 0.625], [0.625, 0.875]] as const; // prettier-ignore
  moments.forEach(({ toTexel: m }, moment) => {
    const [offsetX, offsetY] = offsets[moment] ?? [0.5, 0.5];
    for (let y = top; y < bottom; y++) {
      const [sampleX, sampleY] = [left + offsetX, y + offsetY];
      let u = m[0] * sampleX + m[1] * sampleY + m[2];
      let v = m[3] * sampleX + m[4] * sampleY + m[5];
      let w = m[6] * sampleX + m[7] * sampleY + m[8];
      for (let x = left; x < right; x++, u += m[0], v += m[3], w += m[6]) {
        const [column, row] = [Math.floor(u / w), Math.floor(v / w)];
        const inside = column >= 0 && row >= 0 && column < sprite.width && row < sprite.height;
        const seen = inside ? sprite.luma[row * sprite.width + column] : picture.luma[y * width + x];
        const at = (y - top) * (right - left) + x - left;
        sums[at] = (sums[at] ?? 0) + (seen ?? 0);
      }
    }
  });
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++)
      picture.luma[y * width + x] = (sums[(y - top) * (right - left) + x - left] ?? 0) / 4;
  }
}

function between(from: Pose, to: Pose, part: number): Pose {
  const mix = (key: keyof Pose): number => from[key] + (to[key] - from[key]) * part;
  return { x: mix('x'), y: mix('y'), scale: mix('scale'), roll: mix('roll'), yaw: mix('yaw'), pitch: mix('pitch') };
}

/** A lamp mirrored in the glass: a soft spot of light that washes out what is under it. */
export function drawGlare(picture: Picture, glare: Glare): void {
  const { width, height, luma } = picture;
  const reach = glare.radius * 2;
  const [left, right] = [Math.max(0, Math.floor(glare.x - reach)), Math.min(width, Math.ceil(glare.x + reach))];
  const [top, bottom] = [Math.max(0, Math.floor(glare.y - reach)), Math.min(height, Math.ceil(glare.y + reach))];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const distance = ((x - glare.x) ** 2 + (y - glare.y) ** 2) / glare.radius ** 2;
      luma[y * width + x] = (luma[y * width + x] ?? 0) + glare.strength * Math.exp(-2 * distance);
    }
  }
}

/** Out of focus: a box blur of the given radius in pixels, done twice, across and down. */
export function defocus(picture: Picture, radius: number): void {
  for (let pass = 0; pass < 2; pass++) {
    blurLines(picture.luma, picture.height, picture.width, picture.width, 1, radius);
    blurLines(picture.luma, picture.width, picture.height, 1, picture.width, radius);
  }
}

function blurLines(
  luma: Uint8ClampedArray,
  lines: number,
  length: number,
  lineStep: number,
  step: number,
  radius: number,
): void {
  const line = new Float32Array(length);
  const at = (index: number): number => line[Math.min(length - 1, Math.max(0, index))] ?? 0;
  for (let number = 0; number < lines; number++) {
    const start = number * lineStep;
    for (let index = 0; index < length; index++) line[index] = luma[start + index * step] ?? 0;
    let sum = 0;
    for (let index = -radius; index <= radius; index++) sum += at(index);
    for (let index = 0; index < length; index++) {
      luma[start + index * step] = sum / (2 * radius + 1);
      sum += at(index + radius + 1) - at(index - radius);
    }
  }
}

/** Sensor noise, drawn anew for every picture (a frozen pattern would repeat one miss for ever). */
export interface Noise {
  addTo(picture: Picture, into: Uint8ClampedArray | Uint8Array): void;
}

/** Noise of the given deviation in luma steps. Rows start at random places of one long table: new every time, and fast. */
export function sensorNoise(deviation: number, random: Random): Noise {
  const table = Float32Array.from({ length: 1 << 17 }, () => random.normal() * deviation);
  return {
    addTo({ width, height, luma }, into) {
      for (let y = 0; y < height; y++) {
        const start = random.below(table.length - width);
        for (let x = 0; x < width; x++) {
          const value = (luma[y * width + x] ?? 0) + (table[start + x] ?? 0);
          into[y * width + x] = value < 0 ? 0 : value > 255 ? 255 : value;
        }
      }
    },
  };
}
