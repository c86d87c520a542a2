#!/usr/bin/env bash
# Three requests to a running guard (`make run`): an answer, an explanation, a stream.
# GUARD_URL and MODEL choose another one: GUARD_URL=http://127.0.0.1:9000/v1 MODEL=gpt-4o-mini examples/curl.sh
set -euo pipefail

url="${GUARD_URL:-http://127.0.0.1:8080/v1}/chat/completions"
model="${MODEL:-smollm2-135m}"

ask() { # ask QUESTION [curl options]: the answer is in the body, the decision in the x-guard-* headers
  local question="$1" stream=false
  shift
  if [[ " $* " == *" --no-buffer "* ]]; then stream=true; fi
  curl --silent --show-error --include --header 'content-type: application/json' "$@" "$url" --data \
    "{\"model\": \"$model\", \"stream\": $stream, \"messages\": [{\"role\": \"user\", \"content\": \"$question\"}]}"
  printf '\n\n'
}

ask "What is the capital city of Greece?"
ask "What is the name of the street where it happened?" --header 'x-guard-explain: 1'
ask "What is the capital city of Greece?" --no-buffer
