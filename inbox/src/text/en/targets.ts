/** Promises to customers. */
export const targets = {
  title: 'Service',
  kind: {
    'first-answer': 'First answer',
    'next-answer': 'Next answer',
    resolution: 'Resolution',
  },
  state: { running: 'In time', near: 'Soon due', missed: 'Missed', met: 'Met' },
  due: 'due',
  missed: 'was due',
  rated: 'Rating',
  rating: (score: number) => `Rated ${score} of 5`,
  consent: 'Consent',
  inFlow: 'In a flow',
  inFlowHelp:
    'A flow talks to the customer; operators are asked when it is done. Your answer ends it.',
};
