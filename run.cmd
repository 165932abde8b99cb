@echo off
rem Sets up and starts everything; "run --help" says more.
cd /d "%~dp0"
where node >nul 2>nul || (echo Node.js is missing: install version 20 or newer from https://nodejs.org/ and start again. & exit /b 1)
node -e "process.exit(Number(process.versions.node.split(`.`)[0]) >= 20 ? 0 : 1)" || (echo Node.js is too old: install version 20 or newer from https://nodejs.org/ and start again. & exit /b 1)
node tools\run.mjs %*
