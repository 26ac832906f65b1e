# Runs a command until standard input ends, then kills it and every process below it.
# Arguments: the folder of the server, then the command. Input that ends without the word "keep" means that
# whoever started us has died: then nobody else is left to remove the folder.
folder=$1
shift
exec 3<&0

kill_tree() {
    local child
    # A stopped parent starts no child that we would miss, and reaps none whose number we still use.
    kill -STOP "$1" 2>/dev/null || return 0
    for child in $(grep -lsE "^PPid:[[:space:]]+$1\$" /proc/[0-9]*/status); do
        child=${child#/proc/}
        kill_tree "${child%/status}"
    done
    kill -KILL "$1" 2>/dev/null
    [ "$1" = "$server" ] || while grep -qsE '^State:[[:space:]]+[^ZX]' "/proc/$1/status"; do sleep 0.005; done
}

"$@" 3<&- </dev/null &
server=$!
(read -r word <&3 && [ "$word" = keep ]) &
reader=$!

wait -n -p ended
status=$?
if [ "$ended" = "$server" ]; then
    kill "$reader"
    exit "$status"
fi
kill_tree "$server"
wait "$server" 2>/dev/null
[ "$status" = 0 ] && exit
# Supervisors of one folder may get here together and disturb each other.
for _ in {1..50}; do
    rm -rf "$folder" 2>/dev/null && break
    sleep 0.1
done
