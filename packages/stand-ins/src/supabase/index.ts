export {
  startSupabaseStandIn,
  STAND_IN_SUPABASE_TOKEN,
  type SupabaseStandIn,
  type SupabaseStandInControl,
  type SupabaseStandInOptions,
} from './startSupabaseStandIn';
export type { SupabaseRateLimits } from './http';
export {
  soundProject as soundSupabaseProject,
  STAND_IN_SUPABASE_SERVICE_ROLE_KEY,
} from './world/common';
export {
  visionCrmSupabaseWorld,
  VISION_CRM_SUPABASE_REF,
} from './world/visionCrm';
export { largeSupabaseRef, largeSupabaseWorld } from './world/large';
export type * from './world/types';
