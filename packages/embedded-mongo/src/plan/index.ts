export { choose, type Query } from './choose.ts';
export { explainPlan, queryPlanner } from './explain.ts';
export type { Plan } from './plan.ts';
export { Row, Rows } from './rows.ts';
export { PAUSE, type Select, Selection, splitSort } from './selection.ts';
