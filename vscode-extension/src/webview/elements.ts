export function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    it.setAttribute(key, value);
  }
  it.append(...children);
  return it;
}

/** A codicon; with a label it speaks for itself, without one it is decoration. */
export function icon(name: string, label?: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, ...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label }) });
}

export function button(text: string, run: () => void, kind: 'primary' | 'secondary' = 'primary'): HTMLButtonElement {
  const it = element('button', { class: `button ${kind}` }, text);
  it.addEventListener('click', run);
  return it;
}
