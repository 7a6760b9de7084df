export { OnCallCard } from './service/OnCallCard';
