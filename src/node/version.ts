/** Of this program. */
export { version } from '../../package.json';
