import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { CameraState } from './camera/camera.ts';
import { looksLikeCode, type Reader } from './read.ts';
import { tillScanner, type Scanner } from './scanner.ts';

export interface ScannerView {
  readonly scanner: Scanner;
  readonly camera: CameraState;
  readonly engine: Scanner['engine'];
}

/**
 * Takes reads while the component is there; of several, the one that came last gets them. Whatever the reader closes
 * over may change from render to render.
 */
export function useScanner(reader: Reader): ScannerView {
  const newest = useRef(reader);
  useEffect(() => {
    newest.current = reader;
  });
  const view = useScannerState();
  const { scanner } = view;
  useEffect(
    () =>
      scanner.read({
        onRead: (read) => newest.current.onRead(read),
        isOurs: (text) => newest.current.isOurs?.(text) ?? looksLikeCode(text),
        keyOf: (text) => newest.current.keyOf?.(text) ?? text,
      }),
    [scanner],
  );
  return view;
}

/** The scanner and how it is, for components that show it but take no reads. */
export function useScannerState(): ScannerView {
  const scanner = tillScanner();
  const camera = useSyncExternalStore(scanner.subscribe, () => scanner.camera.state);
  const engine = useSyncExternalStore(scanner.subscribe, () => scanner.engine);
  return { scanner, camera, engine };
}
