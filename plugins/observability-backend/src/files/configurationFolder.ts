import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Where the portal's configuration is: in the nearest folder above that has some. */
export function configurationFolder(start: string): string {
  let folder = start;
  while (!existsSync(resolve(folder, 'app-config.yaml'))) {
    const above = dirname(folder);
    if (above === folder) {
      return start;
    }
    folder = above;
  }
  return folder;
}
