import { expect, it } from 'vitest';
import { outlinePoints } from './outline.ts';

it('draws the outline round the code, in pixels of the video', () => {
  const square = [
    { x: 0.4, y: 0.4 },
    { x: 0.6, y: 0.4 },
    { x: 0.6, y: 0.6 },
    { x: 0.4, y: 0.6 },
  ] as const;
  expect(outlinePoints(square, 1000, 500)).toBe('384.0,192.0 616.0,192.0 616.0,308.0 384.0,308.0');
});
