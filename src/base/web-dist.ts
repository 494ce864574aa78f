import { existsSync } from 'node:fs';
import path from 'node:path';

/** `web-dist` beside the nearest package.json above this file, whether it runs from `src` or `dist`. */
export function webDist(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json')) && folder !== path.dirname(folder))
    folder = path.dirname(folder);
  return path.join(folder, 'web-dist');
}
