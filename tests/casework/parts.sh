#!/usr/bin/env bash
# Several machines, acted out on this one: GNU parallel sends each part of the persons over ssh to a process of its own, the results are added.
# The figures are those of the whole, to the byte; a forgotten or doubled part is refused. The ssh server is a private one: loopback, its own keys,
# its own port, ended with the script. Without sshd (Debian openssh-server) the parts run without ssh, without parallel not at all; it says so.
#   parts.sh ZIELWERK [PARTS]
set -euo pipefail
zielwerk=$(realpath "$1")
parts=${2:-4}
command -v parallel >/dev/null || { echo "Without GNU parallel (Debian package parallel): 0 passed, 0 failed, 1 skipped"; exit 0; }
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
cd "$folder"
chmod 700 .
python3 "$root/demo/musterkreis/erzeugen.py" .
mv personenmonate_erfunden.csv rows.csv

logins=(--sshlogin :)
if [ -x /usr/sbin/sshd ]; then
  ssh-keygen -q -t ed25519 -N "" -f host && ssh-keygen -q -t ed25519 -N "" -f user && cp user.pub authorized
  port=$((20000 + $$ % 20000))
  mkdir -p /run/sshd 2>/dev/null || true
  /usr/sbin/sshd -D -e -f /dev/null -p "$port" -h "$folder/host" -o ListenAddress=127.0.0.1 -o AuthorizedKeysFile="$folder/authorized" -o StrictModes=no \
    -o PidFile=none -o UsePAM=no -o PasswordAuthentication=no -o PermitRootLogin=prohibit-password 2>server.log &
  server=$!
  export PARALLEL_SSH="ssh -p $port -i $folder/user -o UserKnownHostsFile=$folder/known -o StrictHostKeyChecking=accept-new -o BatchMode=yes"
  for _ in $(seq 50); do $PARALLEL_SSH 127.0.0.1 true 2>/dev/null && break; sleep 0.1; done
  logins=(--sshlogin "2/127.0.0.1")
  how="over ssh"
else
  how="without ssh (no sshd here)"
fi

"$zielwerk" casework compute rows.csv --out=whole.csv --intern --format=csv >/dev/null
seq 0 $((parts - 1)) | PARALLEL_HOME=$folder parallel --will-cite "${logins[@]}" --workdir "$folder" \
  "$zielwerk casework compute rows.csv --part={}/$parts --state=part{}.zustand --format=csv >/dev/null"
"$zielwerk" casework merge part*.zustand --out=parts.csv --intern --format=csv >/dev/null
cmp whole.csv parts.csv
said=$("$zielwerk" casework merge part[1-9]*.zustand --out=less.csv 2>&1) && { echo "a missing part was not refused"; exit 1; }
[[ $said == *"[parts_missing]"* && ! -e less.csv ]] || { echo "$said"; exit 1; }
said=$("$zielwerk" casework merge part*.zustand part0.zustand --out=less.csv 2>&1) && { echo "a part counted twice was not refused"; exit 1; }
[[ $said == *"[part_twice]"* && ! -e less.csv ]] || { echo "$said"; exit 1; }
echo "$parts parts $how: 3 passed, 0 failed"
