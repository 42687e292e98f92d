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

# Tests open many databases and sockets at once; some systems allow a shell 256 files.
[ "$(ulimit -Sn)" = unlimited ] || [ "$(ulimit -Sn)" -ge 4096 ] || ulimit -Sn 4096 2>/dev/null || true

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

# Where the PostgreSQL server programs are, which most systems put outside PATH. LAFAST_POSTGRES_BIN says otherwise.
postgres_bin() {
  local dir
  if [ -n "${LAFAST_POSTGRES_BIN:-}" ]; then printf '%s\n' "$LAFAST_POSTGRES_BIN"; return; fi
  if has initdb; then dirname "$(command -v initdb)"; return; fi
  for dir in /usr/lib/postgresql/*/bin /usr/lib/postgresql*/bin /usr/pgsql-*/bin \
    /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin /home/linuxbrew/.linuxbrew/opt/postgresql*/bin \
    /Applications/Postgres.app/Contents/Versions/latest/bin /Library/PostgreSQL/*/bin /opt/local/lib/postgresql*/bin; do
    if [ -x "$dir/initdb" ]; then printf '%s\n' "$dir"; return; fi
  done
  return 1
}

# A browser of Chromium's kind. LAFAST_CHROMIUM says which.
chromium_path() {
  local name folder
  if [ -n "${LAFAST_CHROMIUM:-}" ]; then printf '%s\n' "$LAFAST_CHROMIUM"; return; fi
  for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
    if has "$name"; then command -v "$name"; return; fi
  done
  for name in "Google Chrome" Chromium "Microsoft Edge"; do
    for folder in /Applications "$HOME/Applications"; do
      if [ -x "$folder/$name.app/Contents/MacOS/$name" ]; then printf '%s\n' "$folder/$name.app/Contents/MacOS/$name"; return; fi
    done
  done
  return 1
}

# The same browser without its windows: less work for the same pages. Where there is none, the whole one does it.
headless_shell_path() { command -v chromium-headless-shell; }

# is_older_than STAMP PATH…: nothing in these paths is newer than the stamp. A folder that got or lost a file is newer, too.
is_older_than() {
  local stamp="$1"; shift
  [ -z "$(find "$@" -newer "$stamp" -print | head -n 1)" ]
}
