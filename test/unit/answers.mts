export { RESPONSES as REPLIES } from './responses.mts';
