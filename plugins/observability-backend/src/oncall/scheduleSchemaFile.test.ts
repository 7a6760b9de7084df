import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { scheduleSchema } from '@watchkeeper/backstage-plugin-observability-common';
import { readFileSync } from 'node:fs';
import { z } from 'zod/v4';

const path = resolvePackagePath(
  '@watchkeeper/backstage-plugin-observability-backend',
  'schemas/on-call-schedule.schema.json',
);

describe('the published schema of schedules', () => {
  it('is that by which schedules are read', () => {
    const published = JSON.parse(readFileSync(path, 'utf8'));
    expect(published).toEqual({
      title: 'On-call schedule of Watchkeeper',
      ...z.toJSONSchema(scheduleSchema, { io: 'input' }),
    });
  });
});
