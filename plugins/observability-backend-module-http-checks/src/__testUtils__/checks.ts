import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { HttpCheck } from '../config/HttpCheck';
import { HttpChecksConfig, readChecks } from '../config/readChecks';

/** What is read of `observability.httpChecks`. */
export function readConfig(httpChecks: JsonObject): HttpChecksConfig {
  return readChecks(
    mockServices.rootConfig({ data: { observability: { httpChecks } } }),
  );
}

/** A check as configuration makes it; on this machine unless it says otherwise. */
export function checkOf(written: JsonObject): HttpCheck {
  const { checks, broken } = readConfig({
    checks: [{ name: 'web', allowPrivateNetworks: true, ...written }],
  });
  if (checks.length !== 1) throw new Error([...broken.values()].join());
  return checks[0];
}
