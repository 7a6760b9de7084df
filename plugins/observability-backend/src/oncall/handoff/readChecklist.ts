import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  ChecklistItem,
  checklistItemSchema,
  checklistPhaseSchema,
  DEFAULT_CHECKLIST,
} from '@watchkeeper/backstage-plugin-observability-common';

const KEY = 'observability.onCall.checklists';

/**
 * `observability.onCall.checklists`: the lists before, during and after a shift,
 * each in place of the default one. An item that cannot be used is told to
 * `onProblem`, and left out.
 */
export function readChecklist(
  config: RootConfigService,
  onProblem: (problem: string) => void,
): ChecklistItem[] {
  const ids = new Set<string>();
  return checklistPhaseSchema.options.flatMap(phase => {
    const written = config.getOptional(`${KEY}.${phase}`);
    const isList = Array.isArray(written);
    if (written !== undefined && !isList) {
      onProblem(`${KEY}.${phase}: must be a list; the default is used`);
    }
    const items: unknown[] = isList
      ? written
      : DEFAULT_CHECKLIST.filter(item => item.phase === phase);
    return items.flatMap((item, index) => {
      const parsed = checklistItemSchema.safeParse({
        ...(typeof item === 'object' ? item : {}),
        phase,
      });
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        onProblem(
          `${KEY}.${phase}[${index}]: "${issue.path.join('.')}": ${
            issue.message
          }`,
        );
        return [];
      }
      if (ids.has(parsed.data.id)) {
        onProblem(
          `${KEY}.${phase}[${index}]: the id "${parsed.data.id}" is there already`,
        );
        return [];
      }
      ids.add(parsed.data.id);
      return [parsed.data];
    });
  });
}
