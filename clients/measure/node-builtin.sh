# The fetch that Node brings along; MEASURE_NODE names another Node than that of the path.
known=node20-fetch
node=${MEASURE_NODE:-node}
install() { :; }
version() { "$node" -p '"node " + process.version.slice(1) + " (undici " + process.versions.undici + ")"'; }
drive() {
    printf '%s\n' env "NODE_PATH=$build/node/node_modules" 'NODE_EXTRA_CA_CERTS={cacert}' \
        "$node" "$here/node.mjs" fetch '{method}' '{url}' '{body}'
}
