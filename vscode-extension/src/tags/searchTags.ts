import * as vscode from 'vscode';
import { messageOf, type LanguageServer } from '../client/LanguageServer';
import type { FoundTag } from '../protocol';
import { categoryIcon } from './categories';
import { humanPosts } from './posts';

interface TagItem extends vscode.QuickPickItem { tag: FoundTag }

/** What a search says of how it found a tag, where that is worth a word. */
const matches: Record<string, string> = { typo: 'spelt alike', 'two typos': 'spelt alike', letters: 'letters in order', initials: 'initials' };

/** A list that searches while one types; resolves to the tag that was chosen. */
export function searchTags(server: LanguageServer, show: (tag: FoundTag) => void): Promise<FoundTag | undefined> {
  const browse: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('list-flat'), tooltip: 'Show in the tag browser' };
  const pick = vscode.window.createQuickPick<TagItem>();
  pick.title = 'Search tags';
  pick.placeholder = 'Any part of a tag: blue ey, eyes blue, lh, logn hair';
  // The server's order is the order. Not in the published API yet, but read by every version that is supported.
  (pick as { sortByLabel?: boolean }).sortByLabel = false;
  let running: vscode.CancellationTokenSource | undefined;

  const search = async (query: string): Promise<void> => {
    running?.cancel();
    running = new vscode.CancellationTokenSource();
    const { token } = running;
    pick.busy = true;
    try {
      const { items } = await server.request('kohaku/searchTags', { query, limit: 50 }, token);
      if (!token.isCancellationRequested) {
        pick.items = items.map(tag => ({
          tag,
          label: `$(${categoryIcon(tag.category)}) ${tag.label}`,
          description: [humanPosts(tag.posts), tag.category, tag.alias ? `also ${tag.alias}` : matches[tag.match]].filter(Boolean).join(' · '),
          alwaysShow: true,
          buttons: [browse],
        }));
        pick.busy = false;
      }
    } catch (error) {
      if (!token.isCancellationRequested) {
        pick.busy = false;
        pick.items = [];
        server.log.error(`kohaku/searchTags: ${messageOf(error)}`);
        pick.title = 'Search tags: the language server is not running';
      }
    }
  };

  return new Promise(resolve => {
    pick.onDidChangeValue(search);
    pick.onDidTriggerItemButton(({ item }) => { show(item.tag); pick.hide(); });
    pick.onDidAccept(() => { resolve(pick.activeItems[0]?.tag); pick.hide(); });
    pick.onDidHide(() => { running?.cancel(); resolve(undefined); pick.dispose(); });
    pick.show();
    void search('');
  });
}
