// Breaks chosen lines of the program, one at a time, and runs the tests that should notice: a mutation that no test notices is a failure.
//   node tests/Mutations/run.mjs [NUMBER…]      all of mutations.tsv without numbers; the first is 1
// Works in a clone of what is committed, so that the tree at hand is never broken. Prints a Markdown table; docs/reliability.md holds one.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const mutations = readFileSync(join(root, 'tests/Mutations/mutations.tsv'), 'utf8').split('\n')
  .filter(line => line && !line.startsWith('#'))
  .map((line, index) => {
    const [file, line1, instead, suite, filter, ...more] = line.split('\t')
    if (filter === undefined || more.length > 0) throw new Error(`mutations.tsv: mutation ${index + 1} has not five fields`)
    return { number: index + 1, file, line: line1, instead, suite, filter }
  })
const wanted = process.argv.slice(2).map(Number)
const chosen = wanted.length === 0 ? mutations : mutations.filter(mutation => wanted.includes(mutation.number))

const copy = mkdtempSync(join(tmpdir(), 'kohaku-mutations-'))
let survivors = 0
try {
  const tree = join(copy, 'tree')
  execFileSync('git', ['clone', '--quiet', '--shared', root, tree], { stdio: 'inherit' })
  for (const suite of new Set(chosen.map(mutation => mutation.suite))) test(tree, suite, chosen.filter(mutation => mutation.suite === suite).map(one => one.filter))

  console.log('| line | broken to | noticed by |\n|---|---|---|')
  for (const { file, line, instead, suite, filter } of chosen) {
    const path = join(tree, file)
    const text = readFileSync(path, 'utf8')
    if (text.split(line).length !== 2) throw new Error(`${file} has this ${text.split(line).length - 1} times, not once: ${line}`)
    writeFileSync(path, text.replace(line, () => instead))
    const failed = run(tree, suite, filter)
    writeFileSync(path, text)
    if (!failed) survivors++
    const shown = words => '`' + words.replaceAll('|', '\\|') + '`'
    console.log(`| ${file}: ${shown(line)} | ${shown(instead)} | ${failed ?? '**nothing**'} |`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}

console.log(`${chosen.length - survivors} passed, ${survivors} failed`)
process.exitCode = survivors === 0 ? 0 : 1

// Unbroken, every suite passes: otherwise a failure would say nothing.
function test(tree, suite, filters) {
  if (suite === 'vscode-extension') execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: join(tree, suite), stdio: 'inherit' })
  for (const filter of new Set(filters)) {
    const failed = run(tree, suite, filter)
    if (failed) throw new Error(`${suite} fails before anything was broken: ${failed}`)
  }
}

/** What failed, or undefined. */
function run(tree, suite, filter) {
  if (suite === 'vscode-extension') {
    const ran = spawnSync('npm', ['test', '--silent'], { cwd: join(tree, suite), encoding: 'utf8' })
    return ran.status === 0 ? undefined : /^\s*✖ (.*?)(?: \([\d.]+ms\))?$/m.exec(ran.stdout)?.[1] ?? 'the suite'
  }

  // What the compiler only warns of (a value that is no longer read) is for the tests to find.
  const built = spawnSync('dotnet', ['build', `tests/${suite}`, '-c', 'Release', '--nologo', '-v', 'quiet', '-p:TreatWarningsAsErrors=false', '-p:CodeAnalysisTreatWarningsAsErrors=false'], { cwd: tree, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`${suite} does not build: ${built.stdout}`)
  // A mutation may make a loop that never ends: that is noticed too.
  const ran = spawnSync('dotnet', ['test', `tests/${suite}`, '-c', 'Release', '--no-build', '--nologo', '--filter', filter, '--blame-hang-timeout', '3min'], { cwd: tree, encoding: 'utf8' })
  if (!/Passed!|Failed!/.test(ran.stdout) && ran.status === 0) throw new Error(`${suite}: no test is called ${filter}`)
  return ran.status === 0 ? undefined : /^\s*(?:Failed|\[xUnit.*\]) (\S.*?)(?: \[.*)?$/m.exec(ran.stdout)?.[1] ?? 'the run: it did not end'
}
