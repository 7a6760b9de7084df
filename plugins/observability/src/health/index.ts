export { HealthBadge } from './HealthBadge';
export { HealthCard } from './card/HealthCard';
export { HealthContent } from './HealthContent';
export { StatusCard } from './status/StatusCard';
