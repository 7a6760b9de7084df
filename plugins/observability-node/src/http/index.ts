export * from './VendorClient';
