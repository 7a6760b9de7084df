export { OnCallNowWidget } from './OnCallNowWidget';
