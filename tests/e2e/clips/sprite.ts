import QRCode from 'qrcode';

/** What is held before the camera, seen flat: one byte of luma (0 to 255) per texel, row by row. */
export interface Sprite {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
}

export interface PhoneLook {
  /** Luma of the screen's background and of the dark modules. Swapped values give a dark-mode (inverted) code. */
  readonly paper: number;
  readonly ink: number;
  /** Luma of the bezel and of the text lines on the screen. */
  readonly bezel: number;
}

const QUIET_MODULES = 4;

function fill(sprite: Sprite, x: number, y: number, width: number, height: number, value: number): void {
  for (let row = y; row < y + height; row++)
    sprite.luma.fill(value, row * sprite.width + x, row * sprite.width + x + width);
}

/** Draws the code with its quiet zone, centered in a square box; modules are whole texels, so edges stay sharp. */
function drawCode(sprite: Sprite, text: string, x: number, y: number, side: number, paper: number, ink: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const unit = Math.floor(side / (modules.size + 2 * QUIET_MODULES));
  if (unit < 1) throw new Error(`A code of ${modules.size} modules does not fit into ${side} texels`);
  const margin = Math.floor((side - unit * modules.size) / 2);
  fill(sprite, x, y, side, side, paper);
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.data[row * modules.size + column])
        fill(sprite, x + margin + column * unit, y + margin + row * unit, unit, unit, ink);
    }
  }
}

/** Grey bars where a screen or a card has words. */
function drawWords(sprite: Sprite, x: number, y: number, widths: readonly number[], value: number): void {
  widths.forEach((width, line) => fill(sprite, x, y + line * 34, width, 16, value));
}

/** A phone that shows a card: bezel, a heading, the code, a few lines. 520 x 1080 texels. */
export function phoneSprite(text: string, look: PhoneLook): Sprite {
  const sprite: Sprite = { width: 520, height: 1080, luma: new Uint8Array(520 * 1080).fill(look.bezel) };
  fill(sprite, 16, 40, 488, 1000, look.paper);
  const words = Math.round(look.paper * 0.45 + look.ink * 0.55);
  drawWords(sprite, 60, 110, [260, 180], words);
  drawCode(sprite, text, 26, 250, 468, look.paper, look.ink);
  drawWords(sprite, 110, 770, [300, 240, 280], words);
  return sprite;
}

/** A printed card: the shop's name at the left, the code at the right. 1040 x 620 texels. */
export function cardSprite(text: string, paper: number, ink: number): Sprite {
  const sprite: Sprite = { width: 1040, height: 620, luma: new Uint8Array(1040 * 620).fill(paper) };
  drawWords(sprite, 60, 120, [320, 220, 280, 180], Math.round(paper * 0.4 + ink * 0.6));
  drawCode(sprite, text, 460, 50, 520, paper, ink);
  return sprite;
}
