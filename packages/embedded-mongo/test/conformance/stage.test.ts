import { runStageTables } from './run.ts';
import { joinStages } from './stage/joins.ts';
import { simpleStages } from './stage/simple.ts';

runStageTables(simpleStages);
runStageTables(joinStages);
