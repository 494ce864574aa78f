export { explainPlan, queryPlanner } from './explain.ts';
export { Row, Rows } from './rows.ts';
export { PAUSE, type Select, Selection } from './selection.ts';
