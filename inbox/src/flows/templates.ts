import type { FlowScript, FlowStep } from '../../../src/contract/composed.ts';
import { text } from '../text/index.ts';
import { newStep } from './steps.ts';

const { texts, names } = text.flows;

/** Scripts to start from, as the built-in flows are made. */
export const TEMPLATES = {
  empty: () => script('opened', []),
  menu() {
    const words = texts.menu;
    return script('opened', [
      {
        ...newStep('ask', 's1'),
        ...{ name: names.menu, text: words.hello, again: words.again, otherwise: 's5' },
        options: [
          { label: words.prices, next: 's3' },
          { label: words.hours, next: 's2' },
          { label: words.person, next: 's5' },
        ],
      },
      { ...newStep('say', 's2'), name: names.hours, text: words.hoursText, next: 's1' },
      {
        ...newStep('contact', 's3'),
        ...{ name: names.prices, text: words.email, again: words.emailAgain },
      },
      { ...newStep('tag', 's4'), name: names.wanted, tag: 'prices' },
      { ...newStep('people', 's5'), name: names.moment, text: words.moment },
    ]);
  },
  contact() {
    const { contact: words, menu } = texts;
    return script('opened', [
      { ...newStep('say', 's1'), name: names.hello, text: words.hello },
      {
        ...newStep('contact', 's2'),
        ...{ name: names.name, field: 'name', text: words.name, again: words.nameAgain },
        skip: words.skip,
      },
      {
        ...newStep('contact', 's3'),
        ...{ name: names.email, text: texts.offHours.email, again: menu.emailAgain },
        skip: words.skip,
      },
      { ...newStep('people', 's4'), name: names.moment, text: words.thanks },
    ]);
  },
  offHours() {
    const { offHours: words, menu, contact } = texts;
    return script('opened', [
      { ...newStep('branch', 's1'), name: names.open, yes: 'end', no: 'next' },
      { ...newStep('say', 's2'), name: names.closed, text: words.closed },
      {
        ...newStep('contact', 's3'),
        ...{ name: names.email, text: words.email, again: menu.emailAgain, otherwise: 'end' },
        skip: contact.skip,
      },
      { ...newStep('say', 's4'), name: names.thanks, text: words.kept },
    ]);
  },
  noAnswer() {
    const { noAnswer: words } = texts;
    return script('queued', [
      { ...newStep('wait', 's1'), name: names.wait, unanswered: true },
      { ...newStep('say', 's2'), name: names.busy, text: words.busy },
      { ...newStep('wait', 's3'), name: names.longer, minutes: 30 },
      { ...newStep('say', 's4'), name: names.sorry, text: words.sorry },
    ]);
  },
  rating() {
    const { rating: words } = texts;
    return script('closed', [
      { ...newStep('say', 's1'), name: names.bye, text: words.bye },
      {
        ...newStep('rate', 's2'),
        ...{ name: names.rating, text: words.how, comment: words.why, minutes: 1440 },
        otherwise: 'end',
      },
      { ...newStep('say', 's3'), name: names.thanks, text: words.thanks },
    ]);
  },
} as const satisfies Record<string, () => FlowScript>;

export type TemplateName = keyof typeof TEMPLATES;

function script(begins: FlowScript['begins'], steps: FlowStep[]): FlowScript {
  return { begins, holds: true, callWords: [...texts.callWords], steps };
}
