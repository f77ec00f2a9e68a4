# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
#
# Completion of gxmlrpc's commands, options, files, and, from the server, methods.

# Sets words and cword as the shell splits them, not readline, which also does so
# at colons; the word to complete ends at the cursor.
_gxmlrpc_get_words () {
  local line=${COMP_LINE:0:COMP_POINT} word i

  words=() cword=-1
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((cword < 0)) || [[ $line == [[:space:]]* ]]; then
      line=${line#"${line%%[![:space:]]*}"}
      words[++cword]=''
    fi
    # The last one may go on behind the cursor.
    ((i < COMP_CWORD)) || word=${word:0:${#line}}
    words[cword]+=$word
    line=${line#"$word"}
  done
}

# xargs knows the shell's quotes, and nothing that would be executed.
_gxmlrpc_unquote () {
  xargs printf '%s' <<<"$1" 2>/dev/null
}

# The server's methods, one a line. What comes from elsewhere must not do harm on
# the command line: names of other characters than XML-RPC's are left out.
_gxmlrpc_list_methods () {
  local name

  gxmlrpc list --no-prompt --timeout 3 "$@" 2>/dev/null </dev/null |
    while IFS= read -r name; do
      [[ $name =~ ^[A-Za-z0-9_.:/-]+$ && $name != -* ]] && printf '%s\n' "$name"
    done
}

# Completes with those lines of standard input that begin with the word. Readline
# replaces only what is behind the last colon.
_gxmlrpc_reply () {
  local current=$1 prefix='' candidate

  [[ $COMP_WORDBREAKS != *:* || $current != *:* ]] || prefix=${current%:*}:
  while IFS= read -r candidate; do
    [[ $candidate != "$current"* ]] || COMPREPLY+=("${candidate#"$prefix"}")
  done
}

_gxmlrpc_complete_file () {
  local IFS=$'\n'

  compopt -o filenames 2>/dev/null
  # shellcheck disable=SC2207
  COMPREPLY=($(compgen -f -- "$1"))
}

# The options of a command.
_gxmlrpc_get_options () {
  local connection='--user --password-file --netrc --no-prompt --header --cookie-jar --timeout --cacert --cert --key'
  local results='--json --xml --raw --table --output'

  connection+=' --insecure --unix-socket --verbose'
  case $1 in
    call) options="--string $results $connection" ;;
    multicall | describe) options="--json --output $connection" ;;
    list) options=$connection ;;
    encode) options='--string --json --call --fault' ;;
    decode) options=$results ;;
    serve) options='--port' ;;
    record) options="--port $connection" ;;
    *) return 1 ;;
  esac
  options+=' --help'
}

# Completes the value of an option, if the word is one.
_gxmlrpc_complete_value () {
  case $1 in
    --password-file | --unix-socket | --cookie-jar | -b | --cacert | --cert | --key | --output | -o)
      _gxmlrpc_complete_file "$2" ;;
    --user | -u | --header | -H | --timeout | -t | --string | -s | --call | -c | --fault | -f | --port | -p) ;;
    *) return 1 ;;
  esac
}

_gxmlrpc () {
  local words cword command current previous connection=() names=() i
  local options

  COMPREPLY=()
  _gxmlrpc_get_words
  command=${words[1]} current=${words[cword]} previous=${words[cword - 1]}

  if ((cword == 1)); then
    _gxmlrpc_reply "$current" < <(
      printf '%s\n' call multicall list describe encode decode serve record help --help --version)
    return
  fi

  _gxmlrpc_get_options "$command" || return

  ! _gxmlrpc_complete_value "$previous" "$current" || return
  if [[ $current == --*=* ]]; then
    # Readline replaces only what is behind the sign.
    if [[ $current == --json=* && $command =~ ^(call|multicall|decode)$ ]]; then
      _gxmlrpc_reply "${current#*=}" <<<exact
    else
      _gxmlrpc_complete_value "${current%%=*}" "${current#*=}"
    fi
    return
  fi
  if [[ $current == -* ]]; then
    # shellcheck disable=SC2086
    _gxmlrpc_reply "$current" < <(printf '%s\n' $options)
    return
  fi

  # What stands before the cursor: how to connect, and what is no option.
  for ((i = 2; i < cword; i++)); do
    case ${words[i]} in
      --user | -u | --password-file | --header | -H | --unix-socket | --cookie-jar | -b | --cacert | --cert | --key)
        connection+=("${words[i]}" "$(_gxmlrpc_unquote "${words[i + 1]}")"); ((i++)) ;;
      --user=* | --password-file=* | --header=* | --unix-socket=* | --cookie-jar=* | --cacert=* | --cert=* | --key=*)
        connection+=("$(_gxmlrpc_unquote "${words[i]}")") ;;
      --insecure | -k | --netrc | -n) connection+=("${words[i]}") ;;
      --timeout | -t | --string | -s | --call | -c | --fault | -f | --output | -o | --port | -p) ((i++)) ;;
      -*) ;;
      *) names+=("$(_gxmlrpc_unquote "${words[i]}")") ;;
    esac
  done

  case $command:${#names[@]} in
    call:1 | describe:1)
      _gxmlrpc_reply "$current" < <(_gxmlrpc_list_methods "${connection[@]}" -- "${names[0]}") ;;
    decode:0 | serve:0 | record:1)
      _gxmlrpc_complete_file "$current" ;;
    call:* | encode:*)
      [[ $current != @* ]] || { _gxmlrpc_complete_file "${current#@}" && COMPREPLY=("${COMPREPLY[@]/#/@}"); } ;;
  esac
}

complete -F _gxmlrpc gxmlrpc
