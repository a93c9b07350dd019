#!/bin/sh
# curl with -X: sh curl.sh METHOD URL [BODY]
method=$1 url=$2 body=$3
set -- -sL -o /dev/null -X "$method" -H 'Authorization: Bearer probe' -H 'Cookie: probe=1'
[ "$method" = HEAD ] && set -- "$@" -I
[ -n "$body" ] && set -- "$@" -d "$body" -H 'Content-Type: application/json' -H 'Content-Language: en'
exec curl "$@" "$url"
