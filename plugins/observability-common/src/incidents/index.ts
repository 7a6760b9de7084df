export * from './clocks';
export * from './deadlines';
export * from './lifecycle';
export * from './moveIncident';
export * from './proposeSeverity';
export * from './settings';
export * from './summarizeIncidents';
export * from './timestamps';
