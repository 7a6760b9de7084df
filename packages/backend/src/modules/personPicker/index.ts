export { personPickerModule as default } from './module';
