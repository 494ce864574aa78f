import { render } from 'preact';
import '../styles/index.css';
import { followTheme } from '../state/theme.ts';
import { App } from './app.tsx';

followTheme();
const root = document.getElementById('app');
if (root) render(<App />, root);
