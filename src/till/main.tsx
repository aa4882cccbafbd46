import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { browserPorts } from './browserPorts.ts';
import { createTill } from './createTill.ts';
import { startUpdates } from './pwa.ts';
import { noUpdates } from './updates.ts';

const till = createTill(browserPorts(__BUILD__));
const updates = 'serviceWorker' in navigator ? startUpdates() : noUpdates;
const root = document.getElementById('app');
if (!root) throw new Error('the page has no #app');
createRoot(root).render(
  <StrictMode>
    <App till={till} updates={updates} />
  </StrictMode>,
);
