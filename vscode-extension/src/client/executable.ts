import * as fs from 'node:fs';
import * as path from 'node:path';

/** The language server's program, or what is in the way of it. */
export type Executable = { path: string; bundled: boolean } | { problem: string };

/** The program that the setting names, or the one in the extension's folder. */
export function findExecutable(extensionPath: string, setting: string, platform: NodeJS.Platform = process.platform): Executable {
  const bundled = setting === '';
  const file = bundled ? path.join(extensionPath, 'server', platform === 'win32' ? 'kohaku.exe' : 'kohaku') : setting;
  if (!bundled && !path.isAbsolute(file)) {
    return { problem: `kohaku.server.path is \`${setting}\`; it must be an absolute path.` };
  }
  try {
    if (!fs.statSync(file).isFile()) {
      return { problem: `${file} is not a file.` };
    }
    fs.accessSync(file, fs.constants.X_OK);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing && bundled) {
      return { problem: `This package of the extension carries no language server for ${platform} ${process.arch}. Install the one for this platform, or set kohaku.server.path.` };
    }
    return { problem: missing ? `${file} does not exist; kohaku.server.path names it.` : `${file} cannot be executed.` };
  }
  return { path: file, bundled };
}
