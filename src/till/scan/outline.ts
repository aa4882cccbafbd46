import type { Corners } from './decode/decoder.ts';

/** The outline stands a little off the code, round its quiet zone. */
const GROWN = 1.16;

/** Corner points of the outline in the video's pixels, as an SVG polygon wants them. */
export function outlinePoints(corners: Corners, width: number, height: number): string {
  const middle = {
    x: corners.reduce((sum, corner) => sum + corner.x, 0) / corners.length,
    y: corners.reduce((sum, corner) => sum + corner.y, 0) / corners.length,
  };
  return corners
    .map(({ x, y }) => [(middle.x + (x - middle.x) * GROWN) * width, (middle.y + (y - middle.y) * GROWN) * height])
    .map((point) => point.map((part) => part.toFixed(1)).join(','))
    .join(' ');
}
