export * from './extensions';
export * from './layWatches';
export * from './OnCallProvider';
