import { projections, projectStages } from './project/tables.ts';
import { runProjectTables, runStageTables } from './run.ts';

runProjectTables(projections);
runStageTables(projectStages);
