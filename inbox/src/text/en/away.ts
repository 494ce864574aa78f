/** Why somebody gets no new talks, beside what they said. */
export const away = {
  word: 'Away',
  kinds: {
    absent: 'Absent',
    off_hours: 'Off work',
    disconnected: 'Not connected',
    idle: 'Idle',
  },
  since: (time: string) => `since ${time}`,
  until: (time: string) => `until ${time}`,
  mine: {
    idle: (since: string) => `You count as away since ${since}: no new talks come to you.`,
    absent: (until: string) => `You are noted as absent until ${until}: no new talks come to you.`,
    off_hours: (until: string | null) =>
      until === null
        ? 'These are not your working hours: no new talks come to you.'
        : `Your working hours begin ${until}: no new talks come to you.`,
    disconnected: 'You count as not connected: no new talks come to you.',
  },
  back: 'I am here',
  workNow: 'Work now',
  absences: {
    title: 'Absences',
    help: 'Holidays, illness, anything else: no new talks meanwhile. Colleagues see until when, not why.',
    none: 'No absences.',
    from: 'From',
    to: 'Last day',
    until: 'Until',
    kind: 'What',
    kinds: { holiday: 'Holiday', ill: 'Ill', other: 'Other' },
    note: 'Note',
    wholeDays: 'Whole days',
    add: 'Add absence',
    removeAsk: 'Remove this absence?',
    past: 'over',
  },
  settings: {
    idle: 'Idle after, minutes',
    idleHelp: 'Without a click, a key or a look, nobody gets new talks. 0: never.',
    disconnect: 'Not connected after, minutes',
    disconnectHelp: 'When the last inbox of a person is closed. 0: never.',
    pushText: 'Notices show the first words',
    pushTextHelp: 'Off: only who wrote. Notices lie on phones, also on locked screens.',
  },
  hours: {
    label: 'Working hours',
    help: 'By the clock of the person’s time zone. Outside of them no new talks come, unless they choose “Work now”.',
    always: 'No set hours',
    set: 'Set hours',
    none: 'Off',
    own: 'Your working hours are set by an administrator.',
  },
};

/** The reader's own browsers and phones. */
export const devices = {
  title: 'Devices and notices',
  help: 'Where you use the inbox. Notices reach a device while the inbox is closed there.',
  push: 'Notices on this device',
  pushHelp:
    'For offers, answers in your talks that you do not look at, mentions and warnings; also while Openline is closed.',
  impossible:
    'This browser can not take notices here. They need https, and on an iPhone Openline must be put on the home screen first.',
  denied: 'The browser forbids notices from here. Allow them in its settings, then try again.',
  failed: 'The browser could not be reached by its push service. Try again in a moment.',
  phone: 'Reachable by phone',
  phoneHelp:
    'A phone with notices turned on stands for your being there: talks come also while no inbox is open.',
  test: 'Send a test notice',
  tested: 'Sent. It should appear in a moment.',
  this: 'this device',
  notices: 'Notices',
  now: 'connected',
  forget: 'Forget',
  forgetAsk: 'Forget this device? It is signed out and gets no notices any more.',
  none: 'No devices yet.',
};

/** The list of what was told. */
export const notices = {
  title: 'Notices',
  empty: 'Nothing yet. What you are told appears here.',
  clear: 'Clear all',
  unread: (count: number) => (count === 0 ? 'Notices' : `Notices, ${count} new`),
};
