/** Acts on several talks at once. */
export const bulk = {
  label: 'Chosen talks',
  chosen: (count: number) => `${count} chosen`,
  begin: 'Choose several',
  pick: 'Touch the talks',
  choose: (name: string) => `Choose ${name}`,
  all: 'All',
  none: 'Choose none',
  act: { assign: 'Give to a person', tag: 'Add a tag', close: 'Close' },
  undo: 'Undo',
  closed: (count: number) => (count === 1 ? 'Talk closed.' : `${count} talks closed.`),
  assigned: (count: number, name: string) =>
    `${count === 1 ? 'The talk is' : `${count} talks are`} with ${name}.`,
  tagged: (count: number, tag: string) =>
    `${count === 1 ? 'One talk' : `${count} talks`} tagged ${tag}.`,
  refused: (count: number) =>
    count === 1 ? 'One talk stays as it was.' : `${count} talks stay as they were.`,
};
