import { create } from 'qrcode';
import { useMemo } from 'react';

export interface QrCodeProps {
  readonly text: string;
  /** Side in CSS pixels, its quiet zone of four modules included. */
  readonly size: number;
  readonly label: string;
  readonly errorCorrection?: 'L' | 'M' | 'Q' | 'H';
  readonly className?: string | undefined;
}

const QUIET = 4;

/** Black on white in every theme, as one path: crisp at any size, on screen and on paper. */
export function QrCode({ text, size, label, errorCorrection = 'M', className }: QrCodeProps) {
  const { path, side } = useMemo(() => draw(text, errorCorrection), [text, errorCorrection]);
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
      className={className}
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function draw(text: string, errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H'): { path: string; side: number } {
  const { modules } = create(text, { errorCorrectionLevel });
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let start = 0; start < modules.size; start += 1) {
      let length = 0;
      while (start + length < modules.size && modules.get(row, start + length)) length += 1;
      if (length > 0) path += `M${start + QUIET} ${row + QUIET}h${length}v1h-${length}z`;
      start += length;
    }
  }
  return { path, side: modules.size + 2 * QUIET };
}
