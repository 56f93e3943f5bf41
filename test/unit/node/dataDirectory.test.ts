import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { dataDirectory } from '../../../src/node/dataDirectory';

describe('dataDirectory', () => {
  for (const [platform, env, expected] of [
    ['linux', { XDG_DATA_HOME: '/data', HOME: '/home/ada' }, '/data/memento'],
    ['linux', { XDG_DATA_HOME: 'data', HOME: '/home/ada' }, '/home/ada/.local/share/memento'],
    ['linux', { XDG_DATA_HOME: '', HOME: '/home/ada' }, '/home/ada/.local/share/memento'],
    ['freebsd', { HOME: '/home/ada' }, '/home/ada/.local/share/memento'],
    [
      'darwin',
      { XDG_DATA_HOME: '/data', HOME: '/Users/ada' },
      '/Users/ada/Library/Application Support/memento',
    ],
    ['win32', { APPDATA: 'C:\\Users\\ada\\Roaming', HOME: '/x' }, 'C:\\Users\\ada\\Roaming\\memento'],
    ['win32', { USERPROFILE: 'C:\\Users\\ada' }, 'C:\\Users\\ada\\AppData\\Roaming\\memento'],
  ] as const) {
    it(`is ${expected} on ${platform} with ${JSON.stringify(env)}`, () => {
      assert.equal(dataDirectory(env, platform), expected);
    });
  }

  for (const env of [{}, { HOME: '' }, { HOME: 'relative' }]) {
    it(`asks the user database with ${JSON.stringify(env)}`, function () {
      if (process.platform === 'win32') this.skip();
      const folder = dataDirectory(env, 'linux');
      assert.equal(folder, path.join(os.userInfo().homedir, '.local/share/memento'));
      assert.ok(path.isAbsolute(folder));
    });
  }
});
