import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { scan } from '../../src/i18n/en/scan.ts';
import { CameraView } from '../../src/till/scan/CameraView.tsx';
import { useScanner } from '../../src/till/scan/useScanner.ts';
import '../../src/ui/tokens.css';
import { noteFirstFrame, noteText, startMoments } from './moments.ts';

const moments = startMoments();

/** The scan room exactly as the till uses it, and nothing else of the till. */
function Page() {
  const { scanner, engine } = useScanner({ onRead: ({ text }) => noteText(text, moments) });
  const ready = engine !== 'loading';
  useEffect(() => {
    const video = document.querySelector('video');
    if (!ready || !video) return;
    noteFirstFrame(video, moments);
    // In the till the camera opens when somebody has signed in; the engine has long been loaded then, as the peer's here.
    scanner.start();
  }, [scanner, ready]);
  return <CameraView messages={scan} />;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Page />);
