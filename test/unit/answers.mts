export { REPLIES } from './responses.mts';
