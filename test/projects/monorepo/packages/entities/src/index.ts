export { Team } from './team.js';
