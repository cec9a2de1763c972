#!/bin/sh
# System packages that tests need: a real Redis, a real browser, a C# compiler, a font with Chinese. Debian names.
# As root they are installed; otherwise the one command that would is printed, and the tests that need them are skipped.
need=""
command -v redis-server >/dev/null 2>&1 || need="$need redis-server"
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || need="$need chromium"
command -v mcs >/dev/null 2>&1 || need="$need mono-mcs mono-runtime"
fc-list :lang=zh 2>/dev/null | grep -q . || need="$need fontconfig fonts-noto-cjk"
[ -z "$need" ] && exit 0
command="apt-get install -y --no-install-recommends$need"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && $command >/dev/null && exit 0
  echo "could not install:$need; the tests that need them will be skipped"
else
  echo "for every test, run once: sudo $command"
fi
exit 0
