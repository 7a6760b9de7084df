import {
  optionalFlag,
  optionalNumber,
  optionalText,
  readableItems,
  vendorId,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';

const reference = z.object({
  id: vendorId,
  type: optionalText,
  summary: optionalText,
  name: optionalText,
  html_url: optionalText,
});

export const userSchema = reference.extend({ email: optionalText });
export type PagerDutyUser = z.infer<typeof userSchema>;

const scheduleSchema = reference.extend({ time_zone: optionalText });

/** A time that is there and cannot be read spoils its entry: `null` is for ever. */
const instant = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)))
  .transform(text => new Date(text))
  .nullable();

export const onCallSchema = z.object({
  user: userSchema,
  schedule: scheduleSchema.nullish(),
  escalation_policy: reference,
  escalation_level: z.int().min(1).max(100),
  start: instant,
  end: instant,
});
export type OnCallEntry = z.infer<typeof onCallSchema>;

const policySchema = reference.extend({
  escalation_rules: z.array(z.unknown()).optional().catch(undefined),
});

export const serviceSchema = reference.extend({
  escalation_policy: policySchema,
  integrations: readableItems(
    z.object({ integration_key: optionalText }),
  ).catch([]),
});
export type PagerDutyService = z.infer<typeof serviceSchema>;

const pagination = { more: optionalFlag, limit: optionalNumber };

export const onCallsPage = z.object({
  // One entry that is left out would be a gap that is none.
  oncalls: z.array(onCallSchema),
  ...pagination,
});
export const servicesPage = z.object({
  services: readableItems(serviceSchema),
  ...pagination,
});
export const serviceAnswer = z.object({ service: serviceSchema });
export const usersPage = z.object({ users: readableItems(userSchema) });

const overrideResult = z.object({
  status: optionalNumber,
  errors: z.array(z.string()).optional().catch(undefined),
  override: z.object({ id: vendorId.optional().catch(undefined) }).optional(),
});
/** A list, or one in an object: both are documented. */
export const overrideResults = z.union([
  z.array(overrideResult),
  z
    .object({ overrides: z.array(overrideResult) })
    .transform(({ overrides }) => overrides),
]);
