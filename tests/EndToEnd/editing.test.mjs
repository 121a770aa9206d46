// Keys and commands that change the prompt: each one undo step, the selection kept, the exact bytes saved.
import assert from 'node:assert/strict';
import { suite } from './suite.mjs';

suite('Editing', {}, step => {
  /** Runs `act` on a file with the text, with the cursor after `at` (or `select`ed); it then holds `after`, and one undo brings the text back. */
  const edits = (title, { text, at, select, act, after }) => step(title, async v => {
    const file = `${title.replace(/\W+/g, '-')}.prompt`;
    await v.open(file, text);
    if (select) { await v.select(select); }
    else if (at) { await v.gotoAfter(at); }
    await act(v);
    await v.waitText(after);
    await v.page.keyboard.press('Control+z');
    await v.waitText(text);
    await v.page.keyboard.press('Control+Shift+z');
    await v.waitText(after);
    await v.save();
    assert.equal(v.read(file), after);
  });
  const press = key => v => v.page.keyboard.press(key);
  const command = title => v => v.command(`Kohaku: ${title}`);

  edits('raises the weight of the tag under the cursor', { text: '1girl, long hair, solo', at: 'long h', act: press('Control+ArrowUp'), after: '1girl, (long hair:1.1), solo' });
  edits('lowers a weight', { text: '1girl, (long hair:1.3), solo', at: 'long h', act: press('Control+ArrowDown'), after: '1girl, (long hair:1.2), solo' });
  edits('takes the brackets away at a weight of one', { text: '1girl, (long hair:1.1), solo', at: 'long h', act: press('Control+ArrowDown'), after: '1girl, long hair, solo' });
  edits('makes a nested weight explicit', { text: '1girl, ((smile)), solo', at: 'smi', act: press('Control+ArrowUp'), after: '1girl, (smile:1.3), solo' });
  edits('steps the weight of a network by less', { text: '1girl, <lora:style:0.8>, solo', at: 'sty', act: press('Control+ArrowUp'), after: '1girl, <lora:style:0.85>, solo' });
  edits('raises the weight of selected tags together', { text: '1girl, long hair, blue eyes, solo', select: 'long hair, blue eyes', act: press('Control+ArrowUp'), after: '1girl, (long hair, blue eyes:1.1), solo' });
  edits('removes a weight', { text: '1girl, (long hair:1.4), solo', at: 'long h', act: press('Control+Shift+Backspace'), after: '1girl, long hair, solo' });
  edits('wraps the selection in emphasis', { text: '1girl, long hair, solo', select: 'long hair', act: command('Wrap Selection in Emphasis'), after: '1girl, (long hair:1.1), solo' });
  edits('sorts the sections', { text: '1girl, smile, masterpiece, newest, hatsune miku, vocaloid', at: '1girl', act: press('Shift+Alt+o'), after: '1girl, hatsune miku, vocaloid, masterpiece, newest, smile' });
  edits('fixes all that is safe', { text: '1girl, long_hair, solo, blue_eyes, pizza box', at: '1girl', act: command('Fix All'), after: '1girl, long hair, solo, blue eyes, (pizza box:1.5)' });
  edits('emphasises all weak tags', { text: '1girl, long_hair, pizza box, finger frame', at: '1girl', act: command('Emphasise All Weak Tags'), after: '1girl, long_hair, (pizza box:1.5), (finger frame:1.5)' });
  edits('escapes the brackets of a name', { text: '1girl, ganyu (genshin impact), solo', at: 'ganyu', act: command('Escape Brackets'), after: '1girl, ganyu \\(genshin impact\\), solo' });
  edits('splits at BREAK', { text: '1girl, solo BREAK night sky', at: '1girl', act: command('Split at BREAK'), after: '1girl, solo\nBREAK\nnight sky' });
  edits('converts weights to ComfyUI\'s', { text: '1girl, ((smile:1.2)), solo', at: 'smi', act: command('Convert Weights to ComfyUI'), after: '1girl, (smile:1.32), solo' });
  edits('formats', { text: '1girl ,  long hair,solo', at: '1girl', act: press('Control+Shift+i'), after: '1girl, long hair, solo' });

  step('keeps several weights in step while the key is held', async v => {
    await v.open('held.prompt', '1girl, smile, solo');
    await v.gotoAfter('smi');
    for (let i = 0; i < 4; i++) { await v.page.keyboard.press('Control+ArrowUp'); }
    await v.poll('four steps', async () => (await v.text()) === '1girl, (smile:1.4), solo');
    assert.match(await v.cursor(), /Ln 1, Col 12/, 'the cursor stays in the tag');
  });

  step('renames a tag in the whole file', async v => {
    await v.open('rename.prompt', '1girl, smile, (smile:1.2)\n---\n1boy, smile');
    await v.gotoAfter('1girl, smi');
    const input = v.page.locator('.rename-box input.rename-input');
    await v.pressUntil('F2', () => input.isVisible());
    assert.equal(await input.inputValue(), 'smile');
    await input.fill('grin');
    await v.shot('rename');
    await v.page.keyboard.press('Enter');
    await v.waitText('1girl, grin, (grin:1.2)\n---\n1boy, grin');
    await v.focusEditor();
    await v.save();
    assert.equal(v.read('rename.prompt'), '1girl, grin, (grin:1.2)\n---\n1boy, grin');
  });

  step('says when there is nothing to change', async v => {
    await v.open('nothing.prompt', '1girl, solo');
    await v.command('Kohaku: Fix All');
    await v.page.locator('.statusbar-item', { hasText: 'nothing that is safe to fix' }).waitFor();
    assert.equal(await v.text(), '1girl, solo');
  });
});
