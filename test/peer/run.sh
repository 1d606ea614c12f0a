#!/bin/sh
# run.sh SLACKBOX WORKDIR: Slack's SDK, installed into WORKDIR, against that slackbox.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
slackbox=$1 work=$2
mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$here/peer_test.mjs" "$work/"
cd "$work"
if ! cmp -s package-lock.json node_modules/.lock-installed; then
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=5
	cp package-lock.json node_modules/.lock-installed
fi
rm -f ca.pem port
"$slackbox" --ca-out ca.pem --port-out port --time-scale 10 --limits 0 >slackbox.log 2>&1 &
box=$!
trap 'kill $box 2>/dev/null || true' EXIT
tries=0
until [ -s port ] || [ $tries -ge 300 ] || ! kill -0 $box; do
	tries=$((tries + 1))
	sleep 0.2
done
NODE_EXTRA_CA_CERTS=ca.pem node peer_test.mjs "https://127.0.0.1:$(cat port)" || { cat slackbox.log; exit 1; }
kill $box
trap - EXIT
wait $box || { echo "slackbox ended with $?"; cat slackbox.log; exit 1; }
