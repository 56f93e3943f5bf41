/** A process that opens the project of a folder and prints its id: openProject.ts DATA_DIRECTORY FOLDER */
import { argv, stdout } from 'node:process';
import { openProject } from '../../../../src/node/project';

const [, , dataDirectory = '', folder = ''] = argv;
stdout.write((await openProject({ dataDirectory, folder })).id);
