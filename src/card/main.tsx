import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/base.css';
import { App } from './App.tsx';
import { keepInstallPrompt } from './phone/installPrompt.ts';
import { registerWorker } from './phone/worker.ts';

keepInstallPrompt();
registerWorker();
const root = document.getElementById('app');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
