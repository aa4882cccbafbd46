import { contrast, hexToOklch, mix, oklchToHex, type Oklch } from './oklab.ts';

/** What a theme needs of the shop's color; each pair that meets as text and ground has a contrast of 4.5 or more. */
export interface Accent {
  readonly accent: string;
  readonly onAccent: string;
  readonly tint: string;
}

const DEFAULT = '#b23a1e';
const WELL = { light: '#efe7d9', dark: '#2a231b' };
const CARD = { light: '#fffdf8', dark: '#211c16' };
const ENOUGH = 4.6;

/** Both themes' accents from the shop's color (`#rrggbb`; anything else gives the default color). */
export function deriveAccent(color: string): { readonly light: Accent; readonly dark: Accent } {
  const base = hexToOklch(/^#[0-9a-f]{6}$/i.test(color) ? color : DEFAULT);
  return { light: lightAccent(base), dark: darkAccent(base) };
}

/** The owner's color, darkened only as far as text on paper, on its tint and on itself needs. */
function lightAccent(base: Oklch): Accent {
  for (let l = Math.min(base.l, 0.62); ; l -= 0.01) {
    const accent = oklchToHex({ ...base, l });
    const tint = mix(accent, CARD.light, 0.15);
    const clear = [tint, WELL.light, '#fff8f1'].every((ground) => contrast(accent, ground) >= ENOUGH);
    if (clear || l <= 0.05) return { accent, onAccent: '#fff8f1', tint };
  }
}

function darkAccent(base: Oklch): Accent {
  const onAccent = oklchToHex({ ...base, l: 0.2, c: Math.min(base.c, 0.06) });
  for (let l = Math.max(base.l, 0.73); ; l += 0.01) {
    const accent = oklchToHex({ ...base, l, c: Math.min(base.c, 0.15) });
    const tint = mix(accent, CARD.dark, 0.14);
    const clear = [tint, WELL.dark, onAccent].every((ground) => contrast(accent, ground) >= ENOUGH);
    if (clear || l >= 0.97) return { accent, onAccent, tint };
  }
}

/** Sets the accent's variables on the document. Through CSSOM, which a strict Content-Security-Policy allows. */
export function applyAccent(color: string, root: HTMLElement = document.documentElement): void {
  const { light, dark } = deriveAccent(color);
  const values: Record<string, string> = {
    '--accent-light': light.accent,
    '--accent-dark': dark.accent,
    '--on-accent-light': light.onAccent,
    '--on-accent-dark': dark.onAccent,
    '--tint-light': light.tint,
    '--tint-dark': dark.tint,
  };
  for (const [name, value] of Object.entries(values)) root.style.setProperty(name, value);
}
