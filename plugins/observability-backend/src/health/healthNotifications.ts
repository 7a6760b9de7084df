import { parseEntityRef } from '@backstage/catalog-model';
import { OutboxMessage } from '../notifications/Outbox';
import { EntityEvaluation } from './evaluateEntity';
import { EntityInputs } from './EvaluationInputs';

/**
 * What the owner of an entity is told.
 *
 * A critical episode begins when the entity turns critical and ends when it is
 * seen to be well; falling back to a warning, or losing sight of it, does not
 * end it. One episode is one notification: its end reuses the scope of its
 * beginning, so the portal replaces the one by the other.
 */
export function healthNotifications(
  inputs: EntityInputs,
  evaluation: EntityEvaluation,
  transitionId: string | undefined,
): { episodeId: string | null; messages: OutboxMessage[] } {
  const { status, reasons, reasonCount } = evaluation.health;
  const running = inputs.previous?.episodeId ?? null;

  if (status === 'critical' && !running && transitionId) {
    const more = reasonCount > reasons.length ? ` (${reasonCount} in all)` : '';
    return {
      episodeId: transitionId,
      messages: message(inputs, transitionId, {
        kind: 'health-critical',
        title: `${inputs.title} is critical`,
        description: `${reasons
          .map(reason => reason.message)
          .join('. ')}${more}`,
        severity: 'critical',
      }),
    };
  }
  if (running && status === 'ok') {
    return {
      episodeId: null,
      messages: message(inputs, running, {
        kind: 'health-recovered',
        title: `${inputs.title} has recovered`,
        description: 'All its signals are OK again.',
        severity: 'normal',
      }),
    };
  }
  // Without any source left, an episode has nothing that could end it.
  return { episodeId: status === null ? null : running, messages: [] };
}

function message(
  inputs: EntityInputs,
  episodeId: string,
  content: {
    kind: string;
    title: string;
    description: string;
    severity: 'critical' | 'normal';
  },
): OutboxMessage[] {
  if (!inputs.ownerRef) {
    return [];
  }
  const { kind, ...payload } = content;
  return [
    {
      kind,
      subject: inputs.entityRef,
      occurrence: episodeId,
      recipients: [inputs.ownerRef],
      payload: {
        ...payload,
        link: healthLink(inputs.entityRef),
        topic: 'health',
        scope: `health:${inputs.entityRef}:${episodeId}`,
      },
    },
  ];
}

function healthLink(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/catalog/${namespace}/${kind}/${name}/health`;
}
