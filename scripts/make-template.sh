#!/usr/bin/env bash
# The same under the name that the requirements also use.
exec "$(dirname "$0")/create-template" "$@"
