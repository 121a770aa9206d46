import * as fs from 'node:fs';
import * as path from 'node:path';

/** The extension's folder; the bundled tests lie in out/test below it. */
export const extension = path.resolve(__dirname, '..', '..');
export const repository = path.resolve(extension, '..');

export const read = (...parts: string[]): string => fs.readFileSync(path.join(...parts), 'utf8');
export const readJson = (...parts: string[]): any => JSON.parse(read(...parts));
