// A PNG dropped anywhere on the page opens as a prompt. From the editor's own lists comes an address, from outside come bytes.
import { droppedLimit, isPng } from '../../generation/panelMessages';
import { send } from './host';

export function acceptDrops(target: HTMLElement): void {
  let depth = 0;
  const over = (by: number): void => {
    depth = by === 0 ? 0 : Math.max(0, depth + by);
    target.classList.toggle('dropping', depth > 0);
  };
  target.addEventListener('dragenter', event => { event.preventDefault(); over(1); });
  target.addEventListener('dragleave', () => over(-1));
  target.addEventListener('dragover', event => {
    event.preventDefault();
    if (event.dataTransfer !== null) { event.dataTransfer.dropEffect = 'copy'; }
  });
  target.addEventListener('drop', event => {
    event.preventDefault();
    over(0);
    if (event.dataTransfer !== null) { void take(event.dataTransfer); }
  });
}

async function take(data: DataTransfer): Promise<void> {
  const file = data.files[0];
  if (file === undefined) {
    const list = data.getData('application/vnd.code.uri-list') || data.getData('text/uri-list');
    const uri = list.split(/\r?\n/).find(line => line !== '' && !line.startsWith('#'));
    return send(uri !== undefined && /\.png$/i.test(uri) ? { type: 'dropUri', uri } : { type: 'dropRefused' });
  }
  const bytes = file.size <= droppedLimit ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  send(isPng(bytes) ? { type: 'dropBytes', bytes } : { type: 'dropRefused' });
}
