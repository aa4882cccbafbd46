import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { ScanMessages } from '../../i18n/en/scan.ts';
import type { CameraState } from './camera/camera.ts';
import styles from './CameraView.module.css';
import { outlinePoints } from './outline.ts';
import type { Scanner } from './scanner.ts';
import { useScannerState } from './useScanner.ts';

export interface CameraViewProps {
  readonly messages: ScanMessages;
  /** Smaller, without its own buttons: while a member is on the screen. */
  readonly compact?: boolean;
}

/** The camera's picture with the outline of what is read, or what stands in its place and how to get it back. */
export function CameraView({ messages, compact = false }: CameraViewProps) {
  const { scanner, camera, engine } = useScannerState();
  const mirrored = camera.kind === 'live' && camera.facing === 'front';
  return (
    <section className={styles.view} aria-label={messages.camera} data-state={camera.kind} data-engine={engine}>
      <div className={mirrored ? `${styles.picture} ${styles.mirrored}` : styles.picture}>
        <Preview scanner={scanner} />
      </div>
      <div className={styles.words} role="status">
        <Words camera={camera} engine={engine} messages={messages} />
      </div>
      {(camera.kind === 'idle' || camera.kind === 'failed') && (
        <Button className={styles.open ?? ''} onPress={() => scanner.start()}>
          {camera.kind === 'idle' ? messages.open : messages.retry}
        </Button>
      )}
      {camera.kind === 'live' && !compact && <Tools scanner={scanner} camera={camera} messages={messages} />}
    </section>
  );
}

/** The outline is drawn without React: it follows the code thirty times a second. */
function Preview({ scanner }: { readonly scanner: Scanner }) {
  const video = useRef<HTMLVideoElement>(null);
  const outline = useRef<SVGPolygonElement>(null);
  const [size, setSize] = useState({ width: 1280, height: 720 });

  useEffect(() => (video.current ? scanner.attach(video.current) : undefined), [scanner]);
  useEffect(
    () =>
      scanner.watchSight((sight) => {
        const [shape, picture] = [outline.current, video.current];
        if (!shape || !picture) return;
        shape.dataset['status'] = sight?.status ?? 'gone';
        if (sight) shape.setAttribute('points', outlinePoints(sight.corners, picture.videoWidth, picture.videoHeight));
      }),
    [scanner],
  );
  const measure = (): void => {
    const picture = video.current;
    if (picture?.videoWidth) setSize({ width: picture.videoWidth, height: picture.videoHeight });
  };
  return (
    <>
      <video ref={video} autoPlay muted playsInline aria-hidden="true" onLoadedMetadata={measure} onResize={measure} />
      {/* "slice" fits the drawing exactly as object-fit: cover fits the video. */}
      <svg viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <polygon ref={outline} className={styles.outline} data-status="gone" />
      </svg>
    </>
  );
}

interface WordsProps {
  readonly camera: CameraState;
  readonly engine: Scanner['engine'];
  readonly messages: ScanMessages;
}

function Words({ camera, engine, messages }: WordsProps) {
  if (camera.kind === 'failed') return <Trouble {...messages[camera.trouble]} />;
  if (camera.kind === 'live' && engine === 'none') return <Trouble {...messages.noEngine} />;
  if (camera.kind === 'opening') return <p>{messages.opening}</p>;
  if (camera.kind === 'suspended') return <p>{messages.suspended}</p>;
  return null;
}

function Trouble({ title, help }: { readonly title: string; readonly help: string }) {
  return (
    <>
      <strong>{title}</strong>
      <p>{help}</p>
    </>
  );
}

interface ToolsProps {
  readonly scanner: Scanner;
  readonly camera: Extract<CameraState, { kind: 'live' }>;
  readonly messages: ScanMessages;
}

function Tools({ scanner, camera, messages }: ToolsProps) {
  const lit = camera.torch === 'on';
  return (
    <div className={styles.tools}>
      {camera.torch !== 'none' && (
        <Button className={styles.tool ?? ''} onPress={() => void scanner.camera.switchTorch(!lit)}>
          {lit ? messages.torchOff : messages.torchOn}
        </Button>
      )}
      {camera.canSwitch && (
        <Button className={styles.tool ?? ''} onPress={() => void scanner.camera.switchCamera()}>
          {messages.switchCamera}
        </Button>
      )}
    </div>
  );
}
