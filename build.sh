#!/usr/bin/env bash
# One verb each: serve (default) · build · test · test_python · check · train · bench · binary · wheel · release.
set -euo pipefail
cd "$(dirname "$0")"

cache=${XDG_CACHE_HOME:-$HOME/.cache}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/chailou-target}
tools=$cache/chailou-tools
wasm_target=wasm32-unknown-unknown
port=${PORT:-4173}

usage() {
  cat <<'TEXT'
./build.sh [VERB]
  serve   build what is stale, serve dist/ and print its address (the default)
  build   build the page into dist/: the engines, then the bundle
  test    all tests: laws and numbers natively, page logic, the page in Chromium, and, where they are installed, a short
          one in Firefox and WebKitGTK
  check   the fast ones: formatting, lints with warnings denied, types, native tests
  binary  build the page, then one program with page and weights within: target/release/chailou; install it by
          cargo install --path .
  train   train the digits model again: ./build.sh train [options of `chailou train digits`]
  wheel   build the page, then the Python package with page and weights within: release/chailou-VERSION-….whl; python3 from 3.10
          on is needed
  test_python
          build the Python package as quickly as it can be built, install it in a fresh environment and test it there, with
          Dask and in JupyterLab in Chromium
  release all artefacts into release/, with their checksums: the page as an archive, the npm package, and the Python package
          where there is a python3. SITE=https://… names the address that the site will have, for sitemap.xml and pictures of links
  bench   sizes, requests, the time to the first live frame on a near and on two slow lines, and ms per step on this
          machine; with --workloads DIR, where DIR holds the files of W1 to W4, also these, on both engines in
          Chromium and natively, checked and timed.
          --workloads-only leaves the rest out; --engines cpu,webgpu and --only w1b1,w2f,… choose; --seconds N
          --scaling: nothing but how cost grows with batch, context and width; --engines as above
          --gpu: nothing but our own WebGPU operators, in Node through Dawn (npm package `webgpu`): what must hold of
          them, what 100,000 particles take, and with --workloads DIR what W1 to W4 do; --seconds 0 times no particles (a software
          device is at one picture for seconds); --profile: the microseconds of each dispatch
          With --workloads DIR other libraries do W1 to W4 beside our engine, in turns, on the processor in Chromium (where cpu is among
          --engines) or with --gpu on WebGPU in Node: those whose npm packages are there, onnxruntime-web and @jax-js/jax, also in FOLDER with --packages FOLDER
TEXT
}

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

need_rust() {
  have cargo || fail "Rust is missing: install rustup (rustup.rs), then run this again."
  claim_target
}

need_lints() {
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
  have rustup || fail "rustfmt and clippy are missing and rustup is not there to add them."
  rustup component add rustfmt clippy
}

# Cargo tells the packages of two checkouts in one target directory apart only by the age of their files.
claim_target() {
  mkdir -p "$CARGO_TARGET_DIR"
  [ "$(cat "$CARGO_TARGET_DIR/.checkout" 2>/dev/null)" = "$PWD" ] && return
  find crate tests Cargo.toml -name '*.rs' -exec touch {} + -o -name Cargo.toml -exec touch {} +
  printf '%s' "$PWD" >"$CARGO_TARGET_DIR/.checkout"
}

need_wasm() {
  need_rust
  rustc --print target-libdir --target "$wasm_target" 2>/dev/null | xargs -I{} test -d {} && return
  have rustup || fail "the Rust target $wasm_target is missing and rustup is not there to add it."
  rustup target add "$wasm_target"
}

# The tool must be exactly the library's version.
need_bindgen() {
  local version
  version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)
  bindgen=$tools/bin/wasm-bindgen
  [ "$("$bindgen" --version 2>/dev/null)" = "wasm-bindgen $version" ] && return
  say "Installing wasm-bindgen $version (once)"
  cargo install wasm-bindgen-cli --version "$version" --locked --root "$tools" ||
    cargo install wasm-bindgen-cli --version "$version" --root "$tools"
}

need_node() {
  have node || fail "Node 20.19 or newer is missing: install it, then run this again."
  [ "$(node -p '(([a, b]) => a > 20 || (a == 20 && b >= 19))(process.versions.node.split("."))')" = true ] ||
    fail "Node is too old: 20.19 or newer is needed."
  [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund
}

has_python() { python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; }

# What makes the wheel, as python/pyproject.toml names it, in an environment of its own.
need_maturin() {
  local version
  has_python || fail "Python 3.10 or newer with venv is missing: install it (on Debian and its kin: apt-get install python3-venv)."
  version=$(sed -n 's/^requires = \["maturin==\(.*\)"\]$/\1/p' python/pyproject.toml)
  maturin=$tools/python/bin/maturin
  [ "$("$maturin" --version 2>/dev/null)" = "maturin $version" ] && return
  say "Installing maturin $version (once)"
  python3 -m venv --clear "$tools/python"
  "$tools/python/bin/pip" install --quiet --disable-pip-version-check "maturin==$version"
}

need_chromium() {
  chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
  if [ -z "$chromium" ]; then
    [ "$(id -u)" = 0 ] && have apt-get || fail "Chromium is missing: install it, or name it in CHROMIUM."
    apt-get update && apt-get install -y chromium || true
    chromium=$(command -v chromium) || fail "Chromium could not be installed: install it, or name it in CHROMIUM."
  fi
  export CHROMIUM=$chromium
}

# build_engine FEATURES [OUT]: the wasm of one engine into www/pkg/FEATURES, if any source is newer. Cargo cannot tell:
# all engines come out of one file name, so to it each is always another's stale copy.
build_engine() {
  local features=$1 out=${2:-www/pkg/$1} wasm=$CARGO_TARGET_DIR/$wasm_target/web/chailou.wasm
  [ -f "$out/chailou_bg.wasm" ] && [ -z "$(find crate tests/fixture/lab.rs Cargo.toml Cargo.lock .cargo build.sh -newer "$out/built" 2>&1 | head -n 1)" ] && return
  say "Engine: $features"
  # The first one counts by its bytes: everybody waits for it. So does WebGPU's, which works little itself. Of the others speed and
  # bytes count alike. Fused operators are built for speed in each (Cargo.toml).
  local levels=(--config 'profile.web.opt-level="s"')
  case $features in
  core* | gpu) levels=(--config 'profile.web.opt-level="z"') ;;
  esac
  cargo build --lib --profile web "${levels[@]}" --target "$wasm_target" --no-default-features --features "$features" --locked
  "$bindgen" --target web --no-typescript --remove-name-section --remove-producers-section --out-dir "$out" "$wasm"
  # What an engine says of itself; a terse one has others say it.
  case $features in
  core,terse) node bundle/schema.mjs "$out" www/pkg/maths ;;
  core*) node bundle/schema.mjs "$out" "$out" ;;
  esac
  touch "$out/built"
}

# The page into dist/, if anything that it is made of is newer. The list of files is written last.
build_page() {
  local made=dist/manifest.json
  [ -f "$made" ] && [ -z "$(find www bundle package-lock.json THIRD_PARTY.md LICENSE-* -newer "$made" | head -n 1)" ] && return
  say "Page"
  npm run --silent bundle
}

build() {
  need_wasm
  need_bindgen
  need_node
  build_engine maths
  build_engine core,terse www/pkg/core
  # Only the engine that a page begins with is asked for the words of its schema.
  build_engine cpu,webgpu,terse www/pkg/cpu
  build_engine gpu www/pkg/webgpu
  build_page
}

serve() {
  build
  say "Chailou is at http://localhost:$port/ (Ctrl+C ends it; HOST=0.0.0.0 opens it to the network)"
  exec npx sirv dist --port "$port" --host "${HOST:-localhost}" --brotli --gzip --etag --quiet
}

# Formatting, lints, types and everything that needs no browser.
check() {
  need_wasm
  need_lints
  need_node
  cargo fmt --all --check
  cargo clippy --workspace --all-targets --features fixture --locked -- -D warnings
  cargo clippy --lib --target "$wasm_target" --no-default-features --features cpu,webgpu,bench --locked -- -D warnings
  cargo clippy --lib --target "$wasm_target" --no-default-features --features core,terse --locked -- -D warnings
  cargo clippy --lib --target "$wasm_target" --no-default-features --features maths --locked -- -D warnings
  cargo clippy --lib --target "$wasm_target" --no-default-features --features gpu --locked -- -D warnings
  npm run --silent lint
  npm run --silent types
  # The same random cases every time; PROPTEST_RNG_SEED= names others.
  PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-1} cargo test --workspace --features fixture --locked
  npm run --silent test:page
}

run_tests() {
  need_wasm
  need_node
  need_chromium
  check
  build
  # A page with one lab more, which only tests know.
  export FIXTURE_ENGINE=$CARGO_TARGET_DIR/fixture
  build_engine core,fixture "$FIXTURE_ENGINE"
  node --test tests/release/*.test.mjs
  npm run --silent test:browser
  node tests/browser/others.mjs
}

# What the page within a program is called; part of what that is built from, so that cargo sees a new page.
page_seal() { sha256sum dist/manifest.json | cut -c1-16; }

# The page and the weights within one program.
binary() {
  build
  CHAILOU_PAGE=$(page_seal) cargo build --release --bin chailou --locked "$@"
  say "$CARGO_TARGET_DIR/release/chailou"
}

# build_wheel FOLDER [OPTION…]: the Python package into FOLDER, an absolute path, by maturin with these options.
build_wheel() {
  local out=$1 page
  shift
  need_maturin
  page=$(page_seal)
  (cd python && CHAILOU_PAGE=$page "$maturin" build --out "$out" "$@")
}

wheel() {
  build
  mkdir -p release
  rm -f release/*.whl
  build_wheel "$PWD/release" --release "$@"
}

test_python() {
  local made=$CARGO_TARGET_DIR/python
  build
  need_chromium
  rm -rf "$made"
  build_wheel "$made" --profile dev
  python3 -m venv "$made/env"
  "$made/env/bin/pip" install --quiet --disable-pip-version-check -r python/requirements-test.txt "$made"/*.whl
  "$made/env/bin/pytest" python/tests "$@"
}

train() {
  need_rust
  cargo run --locked -- train digits "$@"
}

# What others take: packed the same way from the same files, so that a checksum says something.
release() {
  local version epoch
  build
  npm run --silent bundle
  version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
  epoch=$(git log -1 --format=%ct 2>/dev/null || echo 0)
  rm -rf release
  mkdir -p release
  tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --transform "s,^dist,chailou-$version," -cf - dist |
    gzip -9n >"release/chailou-page-$version.tar.gz"
  node bundle/npm.mjs release/npm
  if has_python; then build_wheel "$PWD/release" --release; else say "No Python package: there is no python3 from 3.10 on"; fi
  (cd release && npm pack --silent ./npm >/dev/null && rm -r npm && sha256sum -- *.gz *.tgz $(ls -- *.whl 2>/dev/null) >SHA256SUMS)
  cat release/SHA256SUMS
}

# The engines with the workloads lie outside www/ and dist/: they do not ship.
build_bench() {
  build_engine cpu,webgpu,bench "$BENCH_ENGINES/cpu"
  build_engine gpu "$BENCH_ENGINES/webgpu"
}

bench() {
  if [[ " $* " == *" --gpu "* ]]; then
    need_wasm
    need_bindgen
    need_node
    export BENCH_ENGINES=$CARGO_TARGET_DIR/bench
    build_bench
    node tests/bench/gpu.mjs "$BENCH_ENGINES" "$@"
    node tests/bench/gpu_points.mjs "$BENCH_ENGINES" "$@"
    node tests/bench/gpu_text.mjs "$BENCH_ENGINES" "$@"
    node tests/bench/gpu_learning.mjs "$BENCH_ENGINES" "$@"
    exec node tests/bench/peers.mjs "$BENCH_ENGINES" --device webgpu "$@"
  fi
  need_chromium
  if [[ " $* " != *" --workloads-only "* && " $* " != *" --scaling "* ]]; then
    build
  else
    need_wasm
    need_bindgen
    need_node
  fi
  if [[ " $* " == *" --workloads"* || " $* " == *" --scaling "* ]]; then
    export BENCH_ENGINES=$CARGO_TARGET_DIR/bench
    build_bench
  fi
  [[ " $* " == *" --scaling "* ]] || cargo build --locked
  node tests/bench/bench.mjs "$@"
}

verb=${1:-serve}
[ $# -gt 0 ] && shift
case $verb in
  serve | build | check | train | bench | binary | wheel | test_python | release) "$verb" "$@" ;;
  test) run_tests "$@" ;;
  -h | --help | help) usage ;;
  *) usage >&2; fail "there is no verb \"$verb\"" ;;
esac
