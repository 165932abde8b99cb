// The parts that ./run, ./test and the browser tests build alike.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal, run } from './programs.mjs';
import { shorten } from './results.mjs';
import { unlessUnchanged } from './unchanged.mjs';

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const inRepository = (...names) => path.join(repository, ...names);

/** No telemetry, no banner, and no build server that would outlive us. */
export const dotnetEnvironment = {
  ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', DOTNET_CLI_USE_MSBUILD_SERVER: '0', MSBUILDDISABLENODEREUSE: '1',
};
export const noBuildServers = '--disable-build-servers';

export async function requireDotnet() {
  const { code, output } = await run('dotnet', ['--list-sdks'], { env: dotnetEnvironment, cwd: repository });
  if (code !== 0) throw new Refusal('The .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download and start again.');
  if (!/^10\./m.test(output)) {
    const found = output.trim().split('\n').map((line) => line.split(' ')[0]).filter(Boolean).join(', ') || 'none';
    throw new Refusal(`The .NET 10 SDK is missing (installed: ${found}): install it from https://dotnet.microsoft.com/download and start again.`);
  }
}

export async function requireNpm() {
  const { code } = await run('npm', ['--version']);
  if (code !== 0) throw new Refusal('npm is missing: it comes with Node.js from https://nodejs.org/.');
}

/** `npm ci`, unless the lock file is the one that was last installed on this system. */
export function installPackages(directory) {
  const modules = path.join(directory, 'node_modules');
  return unlessUnchanged({
    inputs: ['package.json', 'package-lock.json', '.npmrc'].map((name) => path.join(directory, name)),
    product: path.join(modules, '.package-lock.json'),
    stamp: path.join(modules, '.installed'),
    also: `${process.platform}-${process.arch}-${process.versions.modules}`,
  }, () => mustSucceed('npm', ['ci', '--no-audit', '--no-fund'], { cwd: directory }));
}

export function buildSpa() {
  return unlessUnchanged({
    inputs: [inRepository('spa')],
    product: inRepository('spa', 'dist', 'index.html'),
    stamp: inRepository('spa', 'node_modules', '.built'),
  }, () => mustSucceed('npm', ['run', 'build'], { cwd: inRepository('spa') }));
}

const apiLibrary = inRepository('src', 'Api', 'bin', 'Release', 'net10.0', 'Chat.Api.dll');

export function buildApi() {
  return unlessUnchanged({
    inputs: ['src', 'Directory.Build.props', 'Directory.Packages.props', 'global.json', '.editorconfig'].map((name) => inRepository(name)),
    product: apiLibrary,
    stamp: inRepository('src', 'Api', 'obj', '.built'),
  }, () => mustSucceed('dotnet', ['build', inRepository('src', 'Api'), '-c', 'Release', '--nologo', '-v', 'quiet', noBuildServers], {
    cwd: repository, env: dotnetEnvironment,
  }));
}

/** The built API, to be given to `dotnet`. */
export function apiProgram() {
  if (!existsSync(apiLibrary)) throw new Refusal('The API is not built: run "dotnet build src/Api -c Release".');
  return apiLibrary;
}

async function mustSucceed(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Refusal(`"${command} ${args.join(' ')}" failed in ${options.cwd}:\n${shorten(output)}`);
}
