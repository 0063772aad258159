#!/bin/bash
# Starts Keycloak only if the environment gives everything that the realm's placeholders ask for: an import would take an unset
# ${GATEWAY_SECRET} literally, as the client's working secret. Names what is wrong, never its value. Bash only: the image has little else.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/.."

faults=0
fault() { printf 'keycloak: %s\n' "$1" >&2; faults=$((faults + 1)); }

# check NAME: what holds for everything that goes into the realm. A quote or backslash would end the JSON string it is put into.
check() {
  local value=${!1:-}
  case $value in
    '') fault "$1 is not set." ;;
    *'${'*) fault "$1 contains an unresolved placeholder." ;;
    dev-only-*) fault "$1 is a development secret; make one of your own." ;;
    *['"\']* | *[[:cntrl:]]*) fault "$1 contains a quote, a backslash or a control character." ;;
    *) return 0 ;;
  esac
  return 1
}

https() { [[ ${!1} =~ ^https://[^/?#@[:space:]]+$ ]] || fault "$1 must be https://host, without a path."; }
http() { [[ ${!1} =~ ^https?://[^/?#@[:space:]]+$ ]] || fault "$1 must be http://host or https://host, without a path."; }
long() { [ ${#1} -ge 32 ] || fault "$2 is shorter than 32 characters."; }

files=(data/import/*.json)
[ -r "${files[0]}" ] || { fault 'there is no realm in data/import.'; exit 78; }
declare -A names=()
for file in "${files[@]}"; do
  text=$(<"$file")
  while [[ $text =~ \$\{([A-Z][A-Z0-9_]*)(:?) ]]; do
    names[${BASH_REMATCH[1]}]=1
    [ -z "${BASH_REMATCH[2]}" ] || fault "$file gives ${BASH_REMATCH[1]} a default: it is no production realm."
    text=${text#*"${BASH_REMATCH[0]}"}
  done
done

for name in "${!names[@]}"; do
  check "$name" || continue
  case $name in
    *_SECRET) long "${!name}" "$name" ;;
    *_BACKCHANNEL_URL) http "$name" ;;
    *) https "$name" ;;
  esac
done
# The issuer in every token.
if check KC_HOSTNAME; then https KC_HOSTNAME; fi
# Only the first start of an empty database needs the first administrator.
if [ -n "${KC_BOOTSTRAP_ADMIN_PASSWORD:-}" ] && check KC_BOOTSTRAP_ADMIN_PASSWORD; then
  [ ${#KC_BOOTSTRAP_ADMIN_PASSWORD} -ge 16 ] || fault 'KC_BOOTSTRAP_ADMIN_PASSWORD is shorter than 16 characters.'
fi
[ $faults = 0 ] || { printf 'keycloak: not started, %d faults.\n' $faults >&2; exit 78; }

# Build options are those of the image, whatever the arguments: a build at the start would need to write to it.
[[ " $* " == *' --optimized '* ]] || set -- "$@" --optimized
exec bin/kc.sh "$@"
