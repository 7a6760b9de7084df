import { ScheduleWarning } from '../model/OnCallShifts';
import { LayerPlan } from './LayerPlan';
import { VersionPlan } from './SchedulePlan';

/** What a definition says that people may not have meant. */
export function warnOfDefinition(
  { levels }: VersionPlan,
  from: number,
  to: number,
): ScheduleWarning[] {
  return levels.flatMap(({ name, layers }) =>
    layers.flatMap(layer => warnOfLayer(name, layer, layers.length, from, to)),
  );
}

function warnOfLayer(
  level: string,
  layer: LayerPlan,
  layerCount: number,
  from: number,
  to: number,
): ScheduleWarning[] {
  const warnings: ScheduleWarning[] = [];
  const where = { level, layer: layer.label };
  const name = layerCount === 1 ? level : `${level}, layer ${layer.label}`;
  const { members, until } = layer.definition;
  const people = new Set(members.flat().filter(person => person !== null));
  if (people.size === 0) {
    warnings.push({
      code: 'empty-layer',
      message: `${name}: nobody is in the rotation`,
      ...where,
    });
  }
  if (people.size === 1) {
    const [person] = people;
    warnings.push({
      code: 'one-person-layer',
      message: `${name}: ${person} is alone in the rotation`,
      ...where,
      person,
    });
  }
  if (until !== undefined && Date.parse(until) > from) {
    const at = Date.parse(until);
    if (at < to) {
      warnings.push({
        code: 'layer-ends',
        message: `${name}: the layer ends`,
        at: new Date(at).toISOString(),
        ...where,
      });
    }
  }
  return warnings;
}
