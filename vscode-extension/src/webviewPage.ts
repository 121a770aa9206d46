export interface WebviewPage {
  title: string;
  /** The source that the editor serves the extension's own files from. */
  cspSource: string;
  nonce: string;
  style: string;
  script: string;
  /** Whether images are shown: those that the editor serves, and those that come in messages. */
  images?: boolean;
}

/** A page that runs one script of ours, and reaches nothing that the editor does not serve. */
export function webviewPage({ title, cspSource, nonce, style, script, images = false }: WebviewPage): string {
  const policy = `default-src 'none'; style-src ${cspSource}; font-src ${cspSource}; ${images ? `img-src ${cspSource} data:; ` : ''}script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${style}">
  <title>${title}</title>
</head>
<body>
  <main></main>
  <script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
