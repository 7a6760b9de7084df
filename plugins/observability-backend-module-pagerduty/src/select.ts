import { Entity } from '@backstage/catalog-model';
import {
  PAGERDUTY_ACCOUNT_ANNOTATION,
  PAGERDUTY_INTEGRATION_KEY_ANNOTATION,
  PAGERDUTY_SERVICE_ID_ANNOTATION,
  parseAnnotationList,
} from '@watchkeeper/backstage-plugin-observability-common';
import { OnCallSelection } from '@watchkeeper/backstage-plugin-observability-node';
import { createHash } from 'node:crypto';

/** Those that name services; the account alone names none. */
export const PAGERDUTY_ANNOTATIONS = [
  PAGERDUTY_SERVICE_ID_ANNOTATION,
  PAGERDUTY_INTEGRATION_KEY_ANNOTATION,
];

const SERVICE_ID = /^[A-Z0-9]{3,32}$/i;
const INTEGRATION_KEY = /^[a-z0-9_-]{20,64}$/i;

/**
 * What the annotations of an entity name in an account. Without
 * `pagerduty.com/account` the services may be of any account, and the one that
 * has them answers. Of an integration key, which is a secret, only a hash is
 * kept; where there is a service id it is not needed.
 */
export function selectServices(
  entity: Entity,
  options: { account: string; accounts: readonly string[] },
): OnCallSelection {
  const annotations = entity.metadata.annotations ?? {};
  const selection: OnCallSelection = { services: [], misconfigurations: [] };
  const ids = parseAnnotationList(
    textOf(annotations[PAGERDUTY_SERVICE_ID_ANNOTATION]),
  );
  const keys =
    ids.length > 0
      ? []
      : parseAnnotationList(
          textOf(annotations[PAGERDUTY_INTEGRATION_KEY_ANNOTATION]),
        );
  if (ids.length + keys.length === 0) return selection;

  const account = textOf(annotations[PAGERDUTY_ACCOUNT_ANNOTATION])?.trim();
  if (account && !options.accounts.includes(account)) {
    selection.misconfigurations.push({
      annotation: PAGERDUTY_ACCOUNT_ANNOTATION,
      message: `There is no such account; expected one of ${options.accounts.join(
        ', ',
      )}`,
    });
    return selection;
  }
  if (account && account !== options.account) return selection;

  for (const id of ids) {
    if (SERVICE_ID.test(id)) {
      selection.services.push({
        id: `service:${id.toLocaleUpperCase('en-US')}`,
        annotation: PAGERDUTY_SERVICE_ID_ANNOTATION,
        label: `the service ${id}`,
        details: { serviceId: id.toLocaleUpperCase('en-US') },
      });
    } else {
      selection.misconfigurations.push({
        annotation: PAGERDUTY_SERVICE_ID_ANNOTATION,
        message:
          'It is not the id of a service; expected what stands in its address in PagerDuty, such as PABC123',
      });
    }
  }
  for (const key of keys) {
    if (INTEGRATION_KEY.test(key)) {
      selection.services.push({
        id: `key:${createHash('sha256').update(key).digest('hex')}`,
        annotation: PAGERDUTY_INTEGRATION_KEY_ANNOTATION,
        label: 'the service of the integration key',
        details: { integrationKey: key },
      });
    } else {
      // Not shown: it may be most of a secret.
      selection.misconfigurations.push({
        annotation: PAGERDUTY_INTEGRATION_KEY_ANNOTATION,
        message: 'It is not an integration key; expected 32 characters',
      });
    }
  }
  return selection;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
