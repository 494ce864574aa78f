/** The supervisors' board. */
export const board = {
  title: 'Board',
  waiting: 'Waiting',
  oldest: 'Longest wait',
  open: 'Open',
  free: 'Free people',
  freeOf: (free: number, all: number) => (free === 0 ? 'Nobody is free' : `${free} of ${all} free`),
  isFree: 'Free',
  obstacle: {
    offline: 'Offline',
    absent: 'Absent',
    off_hours: 'Off work',
    disconnected: 'Not connected',
    idle: 'Idle',
    break: 'On a break',
    full: 'Full',
    full_here: 'Full here',
  },
  holds: (here: number, limitHere: number | null, all: number, limit: number | null) => {
    const of = (count: number, most: number | null) =>
      most === null ? `${count}` : `${count}/${most}`;
    return here === all && limit === null
      ? of(here, limitHere)
      : `${of(here, limitHere)} · ${of(all, limit)} in all`;
  },
  moreWaiting: (count: number) => `${count} more`,
  more: 'There are more talks than the board counts: the figures are too small.',
};
