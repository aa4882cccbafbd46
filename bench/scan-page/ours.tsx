import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { scan } from '../../src/i18n/en/scan.ts';
import { CameraView } from '../../src/till/scan/CameraView.tsx';
import { useScanner } from '../../src/till/scan/useScanner.ts';
import { noteFirstFrame, noteText, startMoments } from './moments.ts';

const moments = startMoments();

/** The scan room exactly as the till uses it, and nothing else of the till. */
function Page() {
  const { scanner } = useScanner({ onRead: ({ text }) => noteText(text, moments) });
  useEffect(() => {
    const video = document.querySelector('video');
    if (video) noteFirstFrame(video, moments);
    scanner.start();
  }, [scanner]);
  return <CameraView messages={scan} />;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Page />);
