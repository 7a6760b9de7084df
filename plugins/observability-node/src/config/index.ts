export { readInstances, type ReadInstancesOptions } from './readInstances';
export { readSchedule } from './readSchedule';
export { readBaseUrl } from './readBaseUrl';
