export { optionalPlainText, plainText, webUrl } from './text';
