# Shared by bin/setup, bin/run and bin/test: where things are kept, and how a step reports itself.
# Meant to be sourced from a script that has set ROOT to the checkout.

# Everything that is built or downloaded lives outside the checkout, so that a fresh clone on a known
# machine starts warm. LAFAST_CACHE moves it.
CACHE="${LAFAST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lafast}"
TOOLS="$CACHE/tools"
VENV="$CACHE/venv"
TREE="$CACHE/tested"

# The versions this project is built with. cargo-leptos wants wasm-bindgen of exactly the locked version.
CARGO_LEPTOS_VERSION=0.3.11
WASM_BINDGEN_VERSION=0.2.130

mkdir -p "$CACHE/target" "$TOOLS"
export PATH="$TOOLS/bin:$PATH"
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"
# One profile and one set of flags in every step, or everything is built twice.
if [ "${CI:-}" = true ]; then export CARGO_INCREMENTAL=0; fi

# `target` in the checkout is a link into the cache.
if [ ! -e "$ROOT/target" ]; then ln -sfn "$CACHE/target" "$ROOT/target"; fi

# step "What it does" command…: says what it does, and how long it took.
step() {
  local title="$1"; shift
  local started ended
  started=$(date +%s)
  printf '→ %s\n' "$title"
  if "$@"; then
    ended=$(date +%s)
    printf '✓ %s (%s s)\n' "$title" "$((ended - started))"
  else
    local code=$?
    ended=$(date +%s)
    printf '✗ %s (%s s, exit %s)\n' "$title" "$((ended - started))" "$code" >&2
    return "$code"
  fi
}

# alone FILE: takes the file as the sign that this process is at work, unless one that still runs has it.
alone() {
  if (set -o noclobber; echo $$ >"$1") 2>/dev/null; then return; fi
  ! kill -0 "$(cat "$1")" 2>/dev/null && echo $$ >"$1"
}

# Whether this is a checkout that is built and tested in the tree that stays. A tree without git is where it is.
is_checkout() { [ -z "${LAFAST_TREE_OF:-}" ] && git -C "$ROOT" rev-parse --git-dir >/dev/null 2>&1; }

# Takes the tree that stays until this script ends, and makes it like this checkout. Not if another one has it.
take_tree() {
  mkdir -p "$TREE/target"
  alone "$TREE.pid" || return
  trap 'rm -f "$TREE.pid"' EXIT
  step "Copy of this checkout in $TREE" node "$ROOT/bin/mirror.mjs" "$ROOT" "$TREE"
}

has() { command -v "$1" >/dev/null 2>&1; }

# Debian puts the PostgreSQL server programs outside PATH.
postgres_bin() {
  local dir
  if has initdb; then dirname "$(command -v initdb)"; return; fi
  for dir in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
    if [ -x "$dir/initdb" ]; then printf '%s\n' "$dir"; return; fi
  done
  return 1
}

chromium_path() {
  local name
  for name in chromium chromium-browser google-chrome; do
    if has "$name"; then command -v "$name"; return; fi
  done
  if [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]; then
    printf '%s\n' "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; return
  fi
  return 1
}

# The same browser without its windows: less work for the same pages. Where there is none, the whole one does it.
headless_shell_path() { command -v chromium-headless-shell; }
