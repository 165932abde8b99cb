# For the scripts in the root: ends them with one clear sentence where Node.js is missing or too old.
if ! command -v node >/dev/null 2>&1; then
  echo "Node.js is missing: install version 20 or newer from https://nodejs.org/ and start again." >&2
  exit 1
fi
if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)'; then
  echo "Node.js $(node --version) is too old: install version 20 or newer from https://nodejs.org/ and start again." >&2
  exit 1
fi
