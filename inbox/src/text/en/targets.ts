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
  rating: (score: number) => `Rated ${score} of 5`,
  consent: 'Consent',
  inFlow: 'In a flow',
  inFlowHelp:
    'A flow talks to the customer; operators are asked when it is done. Your answer ends it.',
};
/** Sessions of a talk, and what supervisors say of them. */
export const sessions = {
  title: 'Sessions',
  number: (number: number) => `No. ${number}`,
  open: 'Open now',
  length: 'Length',
  firstAnswer: 'First answer',
  noAnswer: 'none',
  after: (time: string) => `after ${time}`,
  byCustomer: 'Customer’s rating',
  byUs: 'Our score',
  score: 'Score',
  scoreAgain: 'Change',
  scoreTitle: (number: number, name: string | null) =>
    name ? `Score session ${number}: ${name}` : `Score session ${number}`,
  scoreHelp: 'Supervisors and whoever had the session see it.',
  of: (score: number) => `${score} of 5`,
  comment: 'Comment',
  by: (name: string, time: string) => `${name}, ${time}`,
  earlier: 'Before',
  scored: 'Scored.',
  more: (count: number) => `${count} earlier`,
};
