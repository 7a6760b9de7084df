export * from './EntityHealth';
export * from './EntityReport';
export * from './Errors';
export * from './Performance';
export * from './Releases';
export * from './Series';
export * from './Signal';
export * from './Summaries';
