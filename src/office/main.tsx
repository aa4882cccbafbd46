import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { trustNothing } from './app/trustNothing.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');
trustNothing();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
