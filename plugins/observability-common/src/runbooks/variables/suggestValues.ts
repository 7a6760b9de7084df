import { RunbookVariable } from '../../model';
import { VariableContext, valueOfExpression } from './expressions';

const MAX_SUGGESTIONS = 3;

/** What names of variables most often stand for. */
const MEANINGS: readonly [names: RegExp, expression: string][] = [
  [
    /^(?:app|service|component|deployment|project|entity)(?:name)?$/,
    'entity.name',
  ],
  [/^(?:system|product)(?:name)?$/, 'entity.system'],
  [/^(?:owner|team|group)(?:name)?$/, 'entity.owner'],
  [/^(?:value|threshold)$/, 'signal.value'],
  [
    /^(?:monitor|subject|instance|route|transaction)(?:name)?$/,
    'signal.subject',
  ],
];

/**
 * Values that a variable could stand for by its name: a field of the entity, or
 * an annotation that ends like it, such as `NAMESPACE` and
 * `backstage.io/kubernetes-namespace`.
 */
export function suggestValues(
  name: string,
  context: VariableContext,
): RunbookVariable['suggestions'] {
  const plain = plainName(name);
  const suggestions: RunbookVariable['suggestions'] = [];
  for (const [key, value] of Object.entries(
    context.entity?.metadata.annotations ?? {},
  )) {
    if (plain.length > 2 && plainName(key).endsWith(plain)) {
      suggestions.push({ value, reason: key });
    }
  }
  for (const [names, expression] of MEANINGS) {
    const meant = names.test(plain) && valueOfExpression(expression, context);
    if (meant) {
      suggestions.push({ value: meant.value, reason: meant.sourceName });
    }
  }
  return suggestions.slice(0, MAX_SUGGESTIONS);
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
