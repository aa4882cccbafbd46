import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { browserPorts } from './browserPorts.ts';
import { createTill } from './createTill.ts';
import { startUpdates } from './pwa.ts';
import { tillScanner } from './scan/scanner.ts';
import { noUpdates } from './updates.ts';

const till = createTill(browserPorts(REGULARS_BUILD));
const updates = 'serviceWorker' in navigator ? startUpdates() : noUpdates;
// Its engine loads while staff sign in, so that it is ready when the camera opens.
tillScanner();
const root = document.getElementById('app');
if (!root) throw new Error('the page has no #app');
createRoot(root).render(
  <StrictMode>
    <App till={till} updates={updates} />
  </StrictMode>,
);
