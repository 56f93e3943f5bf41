import { openWindow, skipWhereNoWindow, type TestWindow } from './window';

describe('a window whose display language is Chinese', function () {
  this.timeout(120_000);
  let window: TestWindow | undefined;

  before(async function () {
    skipWhereNoWindow(this);
    window = await openWindow({ settings: { 'memento.askForModel': false }, locale: 'zh-cn' });
  });
  after(async () => window?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.editor.screenshot('failed-language');
  });

  it('has the manifest’s words in Chinese: views, welcome, commands', async () => {
    if (!window) throw new Error('There is no window.');
    const { editor } = window;
    for (const view of ['案例', '研究'])
      await editor.page.locator(`.pane-header[aria-label^="${view}"]`).waitFor();
    await editor.page.locator('.welcome-view-content').getByText('提一个示例问题').waitFor();
    await editor.openPalette('Memento: 记忆');
    await editor.quickInputRows().filter({ hasText: 'Memento: 记忆报告' }).waitFor();
    await editor.screenshot('language-palette');
  });

  it('asks, tells and lists in Chinese', async () => {
    if (!window) throw new Error('There is no window.');
    const { editor } = window;
    await editor.runCommand('Memento: 继续中断的研究…');
    await editor.toast('Memento: 此文件夹没有中断的研究。');
    await editor.runCommand('Memento: 研究');
    await editor.typeInQuickInput('How deep is the harbour?', '你想知道什么');
    await editor
      .treeRows('研究')
      .filter({ hasText: /How deep is the harbour\?.*刚刚/ })
      .waitFor();
    await editor.treeRows('案例').filter({ hasText: '今天' }).waitFor();
    await editor
      .treeRows('案例')
      .filter({ hasText: /未评判 · 刚刚/ })
      .waitFor();
    await editor.screenshot('language-tree');
  });
});
