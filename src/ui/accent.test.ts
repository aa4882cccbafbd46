import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveAccent } from './accent.ts';
import { contrast } from './oklab.ts';

const color = integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);

describe('deriveAccent', () => {
  it('keeps every pair of text and ground readable, whatever color a shop has', () => {
    assert(
      property(color, (shop) => {
        const { light, dark } = deriveAccent(shop);
        for (const { accent, onAccent, tint } of [light, dark]) {
          expect(contrast(accent, onAccent)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(accent, tint)).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrast(light.accent, '#f7f2e9')).toBeGreaterThanOrEqual(4.5);
        expect(contrast(dark.accent, '#17130f')).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('leaves a color alone that is clear enough already', () => {
    expect(deriveAccent('#b23a1e').light.accent).toBe('#b23a1e');
  });

  it('falls back to the default for what is no color', () => {
    expect(deriveAccent('red')).toEqual(deriveAccent('#b23a1e'));
  });
});
