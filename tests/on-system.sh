#!/usr/bin/env bash
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# on-system.sh SYSTEM FOLDER WORD...: runs `./run WORD...` of this checkout in
# another release of Debian, or on another processor.
#
# SYSTEM is RELEASE or RELEASE:ARCHITECTURE, such as sid or trixie:i386. FOLDER
# holds the system, with a copy of the checkout in it. The first run makes it, and
# later runs use it again, with the newest packages once a day.
#
# The script runs as root, in namespaces of its own for mounts and processes
# (./run sees to that). Whatever ends it, the kernel then ends what still runs in
# the folder, and takes its mounts away.
#
# Exit status: that of ./run in the folder, or 77 if the system cannot be had.

set -euo pipefail

readonly CANNOT_BE_HAD=77
readonly system=$1 folder=$2
shift 2
readonly release=${system%%:*}
readonly architecture=${system#"$release"}
readonly copy=$folder/root/xmlrpc-glib
readonly mark=$folder/.is-complete

fail () {
  echo "run: $1" >&2
  exit "$CANNOT_BE_HAD"
}

# The kernel runs programs of another processor once it knows their emulator.
register_emulator () {
  local emulator=qemu-$1 binfmt=/proc/sys/fs/binfmt_misc

  [ -e "/usr/lib/binfmt.d/$emulator.conf" ] || return 0
  [ -e $binfmt/status ] || mount -t binfmt_misc binfmt_misc $binfmt ||
    fail 'the kernel has no binfmt_misc, and does not run programs of other processors'
  [ -e "$binfmt/$emulator" ] || cat "/usr/lib/binfmt.d/$emulator.conf" >$binfmt/register ||
    fail "the kernel does not take $emulator"
}

in_folder () {
  chroot "$folder" /usr/bin/env DEBIAN_FRONTEND=noninteractive "$@" >>"$folder.log" 2>&1
}

make_folder () {
  echo "Making $system in $folder" >&2
  rm -rf --one-file-system "$folder"
  mkdir -p "$folder"
  debootstrap --variant=minbase ${architecture:+--arch="${architecture#:}"} \
    "$release" "$folder" http://deb.debian.org/debian >"$folder.log" 2>&1 || {
    tail -n 5 "$folder.log" >&2
    fail "debootstrap cannot fetch $system; $folder.log has its output"
  }

  # Now and then unstable's list of packages is not renewed for longer than it
  # says that it is valid.
  echo 'Acquire::Languages "none";' >"$folder/etc/apt/apt.conf.d/90xmlrpc-glib"
  [ "$release" != sid ] ||
    echo 'Acquire::Check-Valid-Until "false";' >>"$folder/etc/apt/apt.conf.d/90xmlrpc-glib"
  in_folder apt-get update ||
    fail "apt-get cannot fetch the packages of $system; $folder.log has its output"
}

renew_folder () {
  echo "Renewing $system in $folder" >&2
  { in_folder apt-get update && in_folder apt-get --yes dist-upgrade && in_folder apt-get clean; } ||
    echo "run: $system could not be renewed; $folder.log has the output of apt-get" >&2
}

mount_folder () {
  mount -t proc proc "$folder/proc"
  mount -t sysfs -o ro sysfs "$folder/sys"
  mount --rbind /dev "$folder/dev"
  mount -t tmpfs tmpfs "$folder/tmp"
  mount -t tmpfs tmpfs "$folder/run"
  cp /etc/resolv.conf /etc/hosts "$folder/etc/"
}

# What was built there before stays. Files that are as they were keep their times, and
# others get a new one, whatever checkout they come from: that is what ninja looks at.
copy_checkout () {
  local new=$copy.new

  rm -rf "$new"
  mkdir -p "$new" "$copy/_build"
  git -c safe.directory="$PWD" ls-files -z --cached --others --exclude-standard |
    xargs -0 sh -c 'for file; do [ ! -e "$file" ] || printf "%s\0" "$file"; done' sh |
    tar --create --null --files-from=- | tar --extract --directory="$new" --no-same-owner --touch
  find "$new" -type f -printf '%P\0' |
    xargs -0 sh -c 'cd "$0" && for file; do ! cmp -s "$file" "../xmlrpc-glib/$file" ||
      touch -r "../xmlrpc-glib/$file" "$file"; done' "$new"
  mv "$copy/_build" "$new"
  rm -rf "$copy"
  mv "$new" "$copy"
}

if [ -n "$architecture" ]; then
  register_emulator "${architecture#:}"
fi
# The mark tells that the folder is whole, and when it was renewed.
if [ ! -e "$mark" ]; then
  make_folder
  touch "$mark"
fi
mount_folder
if [ -n "$(find "$mark" -mtime +0)" ]; then
  renew_folder
  touch "$mark"
fi
copy_checkout
exec chroot "$folder" /usr/bin/env -i \
  HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
  TEST_TIMEOUT_MULTIPLIER="${TEST_TIMEOUT_MULTIPLIER:-1}" \
  sh -c 'cd /root/xmlrpc-glib && exec ./run "$@"' sh "$@"
