import { render } from 'preact';
import '../styles/index.css';
import { followTheme } from '../state/theme.ts';
import { App } from './app.tsx';

followTheme();
if ('serviceWorker' in navigator)
  window.addEventListener('load', () => {
    // Without it there are no notices and no shell offline; everything else works.
    navigator.serviceWorker.register('/sw.js').catch(() => {});
  });
const root = document.getElementById('app');
if (root) render(<App />, root);
