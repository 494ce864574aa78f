import type { Flow } from '../src/contract/flow.ts';
import closing from './closing/index.ts';
import consent from './consent/index.ts';
import greeting from './greeting/index.ts';
import leadCapture from './lead-capture/index.ts';
import menu from './menu/index.ts';
import noAnswer from './no-answer/index.ts';
import offHours from './off-hours/index.ts';
import queueNotice from './queue-notice/index.ts';
import rating from './rating/index.ts';

/** Forgets what is special about a flow: its settings and its states are read by its own schemas. */
const plain = <C, S>(flow: Flow<C, S>): Flow => flow as unknown as Flow;

/** Every flow, one line each; a version that talks may still be in stays in the list beside its successor. */
export const flows: readonly Flow[] = [
  plain(greeting),
  plain(offHours),
  plain(consent),
  plain(menu),
  plain(leadCapture),
  plain(queueNotice),
  plain(noAnswer),
  plain(closing),
  plain(rating),
];
