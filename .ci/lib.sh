# Shared by the scripts of this folder; source it.

# say FRENCH ENGLISH: to the person at the terminal, so that standard output stays free for results.
say() {
  printf '%s\n%s\n' "$1" "$2" >&2
}

# as_root COMMAND…: fails where we are neither root nor allowed sudo without a password.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# apt_install PACKAGE…: fails quietly where apt or the right to use it is missing.
apt_install() {
  command -v apt-get >/dev/null && as_root true || return 1
  say "Installation par apt : $*" "Installing with apt: $*"
  # A failed update need not matter: the package may be known already.
  as_root apt-get update -qq >&2 || true
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=600 "$@" >&2
}
