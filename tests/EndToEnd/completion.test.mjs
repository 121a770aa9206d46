// Completion, as one types: the wanted tag stands first, Tab takes it, Enter does not unless one walked the list.
import assert from 'node:assert/strict';
import { suite } from './suite.mjs';

suite('Completion', {}, step => {
  /** Typed at the end of `before`, `typed` offers `first` first; Tab then leaves `after`. */
  const completes = (title, { before = '1girl, ', typed, first, after, rest = '' }) => step(title, async v => {
    const file = `${title.replace(/\W+/g, '-')}.prompt`;
    await v.open(file, before + rest);
    const lines = before.split('\n');
    if (before !== '') { await v.goto(lines.length, lines.at(-1).length + 1); }
    await v.typeUntilFirst(typed, first);
    await v.shot(`list-${title.replace(/\W+/g, '-')}`);
    await v.page.keyboard.press('Tab');
    await v.waitText(after);
    await v.page.keyboard.press('Escape');
    await v.save();
    assert.equal(v.read(file), after);
  });

  completes('puts the exact tag first', { typed: 'solo', first: 'solo', after: '1girl, solo' });
  completes('keeps on at an underscore', { typed: 'long_h', first: 'long hair', after: '1girl, long hair' });
  completes('finds words in the order of the name', { typed: 'blue eyes', first: 'blue eyes', after: '1girl, blue eyes' });
  completes('finds words in any order', { typed: 'eyes blue', first: 'blue eyes', after: '1girl, blue eyes' });
  completes('finds initials', { typed: 'lh', first: 'long hair', after: '1girl, long hair' });
  completes('forgives a slip', { typed: 'logn hair', first: 'long hair', after: '1girl, long hair' });
  completes('finds letters in order', { typed: 'detco', first: 'detached collar', after: '1girl, detached collar' });
  completes('finds characters', { typed: 'hatsu', first: 'hatsune miku', after: '1girl, hatsune miku' });
  completes('completes at the start of a file', { before: '', typed: '1gi', first: '1girl', after: '1girl' });
  completes('completes inside round brackets and keeps the weight', { before: '1girl, (blue e', typed: 'y', first: 'blue eyes', rest: ':1.2), solo', after: '1girl, (blue eyes:1.2), solo' });
  completes('replaces the whole tag under the cursor', { before: '1girl, long', typed: '_h', first: 'long hair', rest: 'eir, solo', after: '1girl, long hair, solo' });
  completes('escapes the brackets of a name', { typed: 'ganyu', first: 'ganyu (genshin impact)', after: '1girl, ganyu \\(genshin impact\\)' });
  completes('keeps the underscore of a face', { typed: '^_', first: '^_^', after: '1girl, ^_^' });
  completes('adds the comma that is missing before', { before: '(1girl:1.2) ', typed: 'long_h', first: 'long hair', after: '(1girl:1.2), long hair' });
  completes('adds the comma that is missing behind', { before: '1girl, ', typed: 'long_h', first: 'long hair', rest: ' (smile:1.2)', after: '1girl, long hair, (smile:1.2)' });
  completes('completes in the negative prompt', { before: '1girl, solo\nNegative prompt: ', typed: 'lowr', first: 'lowres', after: '1girl, solo\nNegative prompt: lowres' });

  step('shows posts and category beside each tag', async v => {
    await v.open('picture.prompt', '1girl, hatsune miku, vocaloid, masterpiece, newest, safe,\nsolo, long hair, ');
    await v.goto(2, 18);
    await v.typeUntilFirst('eyes blue', 'blue eyes');
    const row = v.page.locator('.suggest-widget.visible .monaco-list-row').first();
    assert.match(await row.innerText(), /1\.4M/);
    await v.page.keyboard.press('Control+Space');
    await v.page.waitForSelector('.suggest-details-container .suggest-details');
    await v.shot('details');
    await v.page.keyboard.press('Escape');
    await v.page.keyboard.press('Escape');
  });

  step('names the tag that an alias stands for, and writes that', async v => {
    await v.open('alias.prompt', '1girl, ');
    await v.goto(1, 8);
    await v.page.keyboard.type('nekomimi', { delay: 20 });
    const row = v.page.locator('.suggest-widget.visible .monaco-list-row').first();
    await v.poll('the alias', async () => await row.isVisible() && /cat ears/.test(await row.innerText()));
    await v.page.keyboard.press('Tab');
    await v.waitText('1girl, cat ears');
  });

  step('leaves Enter alone', async v => {
    await v.open('enter.prompt', '1girl, ');
    await v.goto(1, 8);
    await v.typeUntilFirst('solo', 'solo');
    await v.page.keyboard.press('Enter');
    await v.waitText('1girl, solo\n');
    await v.save();
    assert.equal(v.read('enter.prompt'), '1girl, solo\n');
  });

  step('takes what was chosen with the arrows by Enter', async v => {
    await v.open('walked.prompt', '1girl, ');
    await v.goto(1, 8);
    await v.typeUntilFirst('blue ey', 'blue eyes');
    await v.page.keyboard.press('ArrowDown');
    const second = (await v.suggestions())[1];
    await v.poll('the second row chosen', async () => (await v.page.locator('.suggest-widget.visible .monaco-list-row.focused .label-name').innerText()).trim() === second);
    await v.page.keyboard.press('Enter');
    await v.waitText(`1girl, ${second}`);
  });

  step('says which tags stand there already', async v => {
    await v.open('there.prompt', '1girl, blue eyes, ');
    await v.goto(1, 19);
    await v.page.keyboard.type('blue e', { delay: 20 });
    await v.poll('suggestions', async () => (await v.suggestions()).length > 1);
    assert.notEqual((await v.suggestions())[0], 'blue eyes', 'a tag that is there sinks');
    await v.page.keyboard.press('Escape');
  });

  step('offers samplers in the parameter line', async v => {
    await v.open('sampler.prompt', '1girl, solo\nSteps: 28, Sampler: ');
    await v.goto(2, 21);
    await v.typeUntilFirst('Eul', 'Euler a');
    await v.page.keyboard.press('Escape');
  });
});
