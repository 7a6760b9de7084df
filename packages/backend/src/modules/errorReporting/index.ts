export { reportingLoggerFactory as default } from './reportingLoggerFactory';
