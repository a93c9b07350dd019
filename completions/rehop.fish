# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_rehop_global_optspecs
    string join \n X/request= d/data= data-raw= data-binary= data-urlencode= data-json= F/form= form-string= T/upload-file= G/get I/head H/header= A/user-agent= e/referer= u/user= n/netrc b/cookie= i/input= Z/parallel parallel-max= as= no-follow max-redirs= proto-redir= location-trusted post301 post302 post303 no-cookies L/location follow expect= fail-on= format= json jsonl report= o/output= v/verbose q/quiet show-secrets color= s/silent S/show-error m/max-time= connect-timeout= k/insecure cacert= E/cert= key= x/proxy= U/proxy-user= noproxy= resolve= connect-to= 4/ipv4 6/ipv6 unix-socket= deny-private h/help V/version
end

function __fish_rehop_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_rehop_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_rehop_using_subcommand
    set -l cmd (__fish_rehop_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c rehop -n "__fish_rehop_needs_command" -s X -l request -d 'The method, as typed' -r
complete -c rehop -n "__fish_rehop_needs_command" -s d -l data -d 'Send this (@FILE: the file without line ends; @-: standard input); makes it a POST' -r
complete -c rehop -n "__fish_rehop_needs_command" -l data-raw -d 'The same, with no meaning in @' -r
complete -c rehop -n "__fish_rehop_needs_command" -l data-binary -d 'The same, with a file\'s bytes as they are' -r
complete -c rehop -n "__fish_rehop_needs_command" -l data-urlencode -d 'The same, percent-encoded: TEXT, =TEXT, NAME=TEXT, @FILE or NAME@FILE' -r
complete -c rehop -n "__fish_rehop_needs_command" -l data-json -d 'Send this JSON, with the Content-Type and Accept for it' -r
complete -c rehop -n "__fish_rehop_needs_command" -s F -l form -d 'Send a multipart form: NAME=TEXT, NAME=@FILE (an upload), NAME=<FILE (its text)' -r
complete -c rehop -n "__fish_rehop_needs_command" -l form-string -d 'The same, with no meaning in @, < and ;' -r
complete -c rehop -n "__fish_rehop_needs_command" -s T -l upload-file -d 'PUT this file (-: standard input); its name is added to a URL that ends in /' -r -F
complete -c rehop -n "__fish_rehop_needs_command" -s H -l header -d 'Add a field: \'Name: value\', \'Name;\' (empty), \'Name:\' (take a default away) or @FILE' -r
complete -c rehop -n "__fish_rehop_needs_command" -s A -l user-agent -d 'The User-Agent; \'\' for none' -r
complete -c rehop -n "__fish_rehop_needs_command" -s e -l referer -d 'The Referer; with \';auto\' at its end each hop names the one before' -r
complete -c rehop -n "__fish_rehop_needs_command" -s u -l user -d 'Basic credentials; no password is an empty one' -r
complete -c rehop -n "__fish_rehop_needs_command" -s b -l cookie -d 'Send cookies: \'a=1; b=2\', or a file as browsers and curl export them' -r
complete -c rehop -n "__fish_rehop_needs_command" -s i -l input -d 'Inspect the URLs in this file too, one a line, # begins a comment (-: standard input)' -r -F
complete -c rehop -n "__fish_rehop_needs_command" -l parallel-max -d 'At most this many at once (50)' -r
complete -c rehop -n "__fish_rehop_needs_command" -l as -d 'Follow as this client: fetch (browsers, the default) or rfc9110 (POST stays POST on 301, 302)' -r
complete -c rehop -n "__fish_rehop_needs_command" -l max-redirs -l max-redirects -d 'Follow at most this many redirects (20; -1: as many as 1000)' -r
complete -c rehop -n "__fish_rehop_needs_command" -l proto-redir -d 'Follow to these schemes only, as curl writes them: =https, -http, all' -r
complete -c rehop -n "__fish_rehop_needs_command" -l expect -d 'Exit 1 unless this holds: status, codes, hops, final, method, body, header.NAME ... (repeatable)' -r
complete -c rehop -n "__fish_rehop_needs_command" -l fail-on -d 'Exit 1 where one of these findings is raised; `rehop explain` lists them' -r
complete -c rehop -n "__fish_rehop_needs_command" -l format -d 'The format on standard output: table (the default), json or jsonl' -r
complete -c rehop -n "__fish_rehop_needs_command" -l report -d 'Write a report into a file as well (repeatable)' -r
complete -c rehop -n "__fish_rehop_needs_command" -s o -l output -d 'Write the body of the last response into this file' -r -F
complete -c rehop -n "__fish_rehop_needs_command" -l color -d 'Colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c rehop -n "__fish_rehop_needs_command" -s m -l max-time -d 'Give the whole chain this long' -r
complete -c rehop -n "__fish_rehop_needs_command" -l connect-timeout -d 'Give connecting this long (10)' -r
complete -c rehop -n "__fish_rehop_needs_command" -l cacert -d 'Trust the authorities in this PEM file, and no others' -r -F
complete -c rehop -n "__fish_rehop_needs_command" -s E -l cert -d 'Show this client certificate (PEM)' -r
complete -c rehop -n "__fish_rehop_needs_command" -l key -d 'The private key of the client certificate, where it is not in its file (PEM)' -r -F
complete -c rehop -n "__fish_rehop_needs_command" -s x -l proxy -d 'Use this proxy: http://HOST:PORT, socks4, socks4a, socks5 or socks5h; \'\' for none' -r
complete -c rehop -n "__fish_rehop_needs_command" -s U -l proxy-user -d 'Credentials for the proxy' -r
complete -c rehop -n "__fish_rehop_needs_command" -l noproxy -d 'Reach these hosts without a proxy (*: all)' -r
complete -c rehop -n "__fish_rehop_needs_command" -l resolve -d 'Take the address ADDR, or several with commas, for host H and port P (repeatable)' -r
complete -c rehop -n "__fish_rehop_needs_command" -l connect-to -d 'Connect to NEW where OLD is asked for, each HOST:PORT; what is empty stays (repeatable)' -r
complete -c rehop -n "__fish_rehop_needs_command" -l unix-socket -d 'Connect to this Unix socket' -r -F
complete -c rehop -n "__fish_rehop_needs_command" -s G -l get -d 'Put -d into the query and send a GET'
complete -c rehop -n "__fish_rehop_needs_command" -s I -l head -d 'Send a HEAD'
complete -c rehop -n "__fish_rehop_needs_command" -s n -l netrc -d 'Take the credentials for the host from ~/.netrc, or the file that NETRC names'
complete -c rehop -n "__fish_rehop_needs_command" -s Z -l parallel -d 'Inspect several URLs at once'
complete -c rehop -n "__fish_rehop_needs_command" -l no-follow -d 'Stop after the first hop, and say where it would have gone'
complete -c rehop -n "__fish_rehop_needs_command" -l location-trusted -d 'Send credentials to every host that the chain leads to'
complete -c rehop -n "__fish_rehop_needs_command" -l post301 -d 'Leave method and body as they are on a 301'
complete -c rehop -n "__fish_rehop_needs_command" -l post302 -d 'Leave method and body as they are on a 302'
complete -c rehop -n "__fish_rehop_needs_command" -l post303 -d 'Leave method and body as they are on a 303'
complete -c rehop -n "__fish_rehop_needs_command" -l no-cookies -d 'Do not send cookies back that a hop has set'
complete -c rehop -n "__fish_rehop_needs_command" -s L -l location -d 'Accepted, changes nothing: rehop always follows'
complete -c rehop -n "__fish_rehop_needs_command" -l follow -d 'Accepted, changes nothing: rehop always follows'
complete -c rehop -n "__fish_rehop_needs_command" -l json -d 'The same as --format json: one document per URL'
complete -c rehop -n "__fish_rehop_needs_command" -l jsonl -d 'The same as --format jsonl: one line per URL, as soon as it is done'
complete -c rehop -n "__fish_rehop_needs_command" -s v -l verbose -d 'Show the fields of each hop, and what changed between hops'
complete -c rehop -n "__fish_rehop_needs_command" -s q -l quiet -d 'Print the one sentence alone'
complete -c rehop -n "__fish_rehop_needs_command" -l show-secrets -d 'Do not mask credentials, cookies and tokens'
complete -c rehop -n "__fish_rehop_needs_command" -s s -l silent -d 'Accepted, changes nothing'
complete -c rehop -n "__fish_rehop_needs_command" -s S -l show-error -d 'Accepted, changes nothing'
complete -c rehop -n "__fish_rehop_needs_command" -s k -l insecure -d 'Go on where a certificate is wrong, and report what is wrong with it'
complete -c rehop -n "__fish_rehop_needs_command" -s 4 -l ipv4 -d 'Use IPv4 only'
complete -c rehop -n "__fish_rehop_needs_command" -s 6 -l ipv6 -d 'Use IPv6 only'
complete -c rehop -n "__fish_rehop_needs_command" -l deny-private -d 'Refuse private, loopback and link-local addresses'
complete -c rehop -n "__fish_rehop_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rehop -n "__fish_rehop_needs_command" -s V -l version -d 'Print version'
complete -c rehop -n "__fish_rehop_needs_command" -a "curl" -d 'Inspect what a curl command line would send, by curl\'s own rules'
complete -c rehop -n "__fish_rehop_needs_command" -a "demo" -d 'Inspect a built-in chain on the loopback lab, no network needed'
complete -c rehop -n "__fish_rehop_needs_command" -a "serve" -d 'Run a redirect lab: a server that plays every redirect situation'
complete -c rehop -n "__fish_rehop_needs_command" -a "probe" -d 'Run a real client against the lab and judge what it does'
complete -c rehop -n "__fish_rehop_needs_command" -a "explain" -d 'Say what a status code or a finding means, with its source'
complete -c rehop -n "__fish_rehop_needs_command" -a "completions" -d 'Print the completions for a shell'
complete -c rehop -n "__fish_rehop_needs_command" -a "man" -d 'Print the man page'
complete -c rehop -n "__fish_rehop_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l as -d 'Follow as this client: fetch (browsers, the default) or rfc9110 (POST stays POST on 301, 302)' -r
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l max-redirs -l max-redirects -d 'Follow at most this many redirects (20; -1: as many as 1000)' -r
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l proto-redir -d 'Follow to these schemes only, as curl writes them: =https, -http, all' -r
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l expect -d 'Exit 1 unless this holds: status, codes, hops, final, method, body, header.NAME ... (repeatable)' -r
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l fail-on -d 'Exit 1 where one of these findings is raised; `rehop explain` lists them' -r
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l format -d 'The format on standard output: table (the default), json or jsonl' -r
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l report -d 'Write a report into a file as well (repeatable)' -r
complete -c rehop -n "__fish_rehop_using_subcommand demo" -s o -l output -d 'Write the body of the last response into this file' -r -F
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l color -d 'Colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l no-follow -d 'Stop after the first hop, and say where it would have gone'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l location-trusted -d 'Send credentials to every host that the chain leads to'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l post301 -d 'Leave method and body as they are on a 301'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l post302 -d 'Leave method and body as they are on a 302'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l post303 -d 'Leave method and body as they are on a 303'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l no-cookies -d 'Do not send cookies back that a hop has set'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -s L -l location -d 'Accepted, changes nothing: rehop always follows'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l follow -d 'Accepted, changes nothing: rehop always follows'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l json -d 'The same as --format json: one document per URL'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l jsonl -d 'The same as --format jsonl: one line per URL, as soon as it is done'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -s v -l verbose -d 'Show the fields of each hop, and what changed between hops'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -s q -l quiet -d 'Print the one sentence alone'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -l show-secrets -d 'Do not mask credentials, cookies and tokens'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -s s -l silent -d 'Accepted, changes nothing'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -s S -l show-error -d 'Accepted, changes nothing'
complete -c rehop -n "__fish_rehop_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rehop -n "__fish_rehop_using_subcommand serve" -s p -l port -d 'Listen on this port; 0 for any that is free. The other origins take the ports above it where these are free' -r
complete -c rehop -n "__fish_rehop_using_subcommand serve" -l bind -d 'Listen on this address: 127.0.0.1 unless told otherwise' -r
complete -c rehop -n "__fish_rehop_using_subcommand serve" -l cert-file -d 'Write the certificate (PEM) here, for --cacert' -r -F
complete -c rehop -n "__fish_rehop_using_subcommand serve" -l ready-file -d 'Write the URL here as soon as the lab listens' -r -F
complete -c rehop -n "__fish_rehop_using_subcommand serve" -l color -d 'Colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c rehop -n "__fish_rehop_using_subcommand serve" -l tls -d 'Speak https too, with a throwaway certificate'
complete -c rehop -n "__fish_rehop_using_subcommand serve" -s q -l quiet -d 'No access log on standard error'
complete -c rehop -n "__fish_rehop_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rehop -n "__fish_rehop_using_subcommand probe" -l fail-on -d 'Exit 1 where a cell has one of these levels or findings: forbidden (the default), discouraged, body-lost ...; none' -r
complete -c rehop -n "__fish_rehop_using_subcommand probe" -l status -d 'Answer with these codes alone' -r
complete -c rehop -n "__fish_rehop_using_subcommand probe" -s X -l method -d 'Ask for these methods alone' -r
complete -c rehop -n "__fish_rehop_using_subcommand probe" -l timeout -d 'Give each run this long (10)' -r
complete -c rehop -n "__fish_rehop_using_subcommand probe" -s j -l jobs -d 'Run so many at once (as many as there are processors)' -r
complete -c rehop -n "__fish_rehop_using_subcommand probe" -l profile -d 'Write what was seen as a profile, for --as FILE and --clients FILE' -r -F
complete -c rehop -n "__fish_rehop_using_subcommand probe" -l against -d 'Say where the client differs from a known one' -r
complete -c rehop -n "__fish_rehop_using_subcommand probe" -l color -d 'Colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c rehop -n "__fish_rehop_using_subcommand probe" -l json -d 'Print the matrix as JSON'
complete -c rehop -n "__fish_rehop_using_subcommand probe" -s q -l quiet -d 'Print the last sentence alone'
complete -c rehop -n "__fish_rehop_using_subcommand probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rehop -n "__fish_rehop_using_subcommand explain" -l color -d 'Colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c rehop -n "__fish_rehop_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rehop -n "__fish_rehop_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rehop -n "__fish_rehop_using_subcommand man" -s h -l help -d 'Print help'
complete -c rehop -n "__fish_rehop_using_subcommand help; and not __fish_seen_subcommand_from curl demo serve probe explain completions man help" -f -a "curl" -d 'Inspect what a curl command line would send, by curl\'s own rules'
complete -c rehop -n "__fish_rehop_using_subcommand help; and not __fish_seen_subcommand_from curl demo serve probe explain completions man help" -f -a "demo" -d 'Inspect a built-in chain on the loopback lab, no network needed'
complete -c rehop -n "__fish_rehop_using_subcommand help; and not __fish_seen_subcommand_from curl demo serve probe explain completions man help" -f -a "serve" -d 'Run a redirect lab: a server that plays every redirect situation'
complete -c rehop -n "__fish_rehop_using_subcommand help; and not __fish_seen_subcommand_from curl demo serve probe explain completions man help" -f -a "probe" -d 'Run a real client against the lab and judge what it does'
complete -c rehop -n "__fish_rehop_using_subcommand help; and not __fish_seen_subcommand_from curl demo serve probe explain completions man help" -f -a "explain" -d 'Say what a status code or a finding means, with its source'
complete -c rehop -n "__fish_rehop_using_subcommand help; and not __fish_seen_subcommand_from curl demo serve probe explain completions man help" -f -a "completions" -d 'Print the completions for a shell'
complete -c rehop -n "__fish_rehop_using_subcommand help; and not __fish_seen_subcommand_from curl demo serve probe explain completions man help" -f -a "man" -d 'Print the man page'
complete -c rehop -n "__fish_rehop_using_subcommand help; and not __fish_seen_subcommand_from curl demo serve probe explain completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
