import { render } from 'preact';
import type { WidgetAppearance } from '../../src/contract/visitor.ts';
import { createChat } from './chat.ts';
import { findHost } from './host.ts';
import './style/style.css';
import { inkOn } from './text/colour.ts';
import { chooseLanguage, loadWords } from './text/t.ts';
import { words } from './text/words.ts';
import { Widget } from './view/widget.tsx';

interface Facts {
  line: string;
  appearance: WidgetAppearance;
}

const { line, appearance } = JSON.parse(
  document.getElementById('widget')?.textContent ?? '',
) as Facts;
const language = chooseLanguage(appearance.language, navigator.languages);
const root = document.documentElement;
root.lang = language.code;
root.dir = language.rtl ? 'rtl' : 'ltr';
root.style.setProperty('--brand', appearance.color);
root.style.setProperty('--ink', inkOn(appearance.color));

const host = findHost(line);
words.locale = language.locale;
words.t = await loadWords(language);
document.title = appearance.title || words.t('title');
const chat = createChat(line, appearance, host);
document.body.classList.toggle('alone', !chat.framed);
render(<Widget chat={chat} />, document.body);
