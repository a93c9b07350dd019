
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'rehop' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'rehop'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'rehop' {
            [CompletionResult]::new('-X', '-X ', [CompletionResultType]::ParameterName, 'The method, as typed')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'The method, as typed')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'Send this (@FILE: the file without line ends; @-: standard input); makes it a POST')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Send this (@FILE: the file without line ends; @-: standard input); makes it a POST')
            [CompletionResult]::new('--data-raw', '--data-raw', [CompletionResultType]::ParameterName, 'The same, with no meaning in @')
            [CompletionResult]::new('--data-binary', '--data-binary', [CompletionResultType]::ParameterName, 'The same, with a file''s bytes as they are')
            [CompletionResult]::new('--data-urlencode', '--data-urlencode', [CompletionResultType]::ParameterName, 'The same, percent-encoded: TEXT, =TEXT, NAME=TEXT, @FILE or NAME@FILE')
            [CompletionResult]::new('--data-json', '--data-json', [CompletionResultType]::ParameterName, 'Send this JSON, with the Content-Type and Accept for it')
            [CompletionResult]::new('-F', '-F ', [CompletionResultType]::ParameterName, 'Send a multipart form: NAME=TEXT, NAME=@FILE (an upload), NAME=<FILE (its text)')
            [CompletionResult]::new('--form', '--form', [CompletionResultType]::ParameterName, 'Send a multipart form: NAME=TEXT, NAME=@FILE (an upload), NAME=<FILE (its text)')
            [CompletionResult]::new('--form-string', '--form-string', [CompletionResultType]::ParameterName, 'The same, with no meaning in @, < and ;')
            [CompletionResult]::new('-T', '-T ', [CompletionResultType]::ParameterName, 'PUT this file (-: standard input); its name is added to a URL that ends in /')
            [CompletionResult]::new('--upload-file', '--upload-file', [CompletionResultType]::ParameterName, 'PUT this file (-: standard input); its name is added to a URL that ends in /')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a field: ''Name: value'', ''Name;'' (empty), ''Name:'' (take a default away) or @FILE')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a field: ''Name: value'', ''Name;'' (empty), ''Name:'' (take a default away) or @FILE')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'The User-Agent; '''' for none')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'The User-Agent; '''' for none')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'The Referer; with '';auto'' at its end each hop names the one before')
            [CompletionResult]::new('--referer', '--referer', [CompletionResultType]::ParameterName, 'The Referer; with '';auto'' at its end each hop names the one before')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Basic credentials; no password is an empty one')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Basic credentials; no password is an empty one')
            [CompletionResult]::new('--oauth2-bearer', '--oauth2-bearer', [CompletionResultType]::ParameterName, 'A bearer token (RFC 6750)')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Send cookies: ''a=1; b=2'', or a file as browsers and curl export them')
            [CompletionResult]::new('--cookie', '--cookie', [CompletionResultType]::ParameterName, 'Send cookies: ''a=1; b=2'', or a file as browsers and curl export them')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Inspect the URLs in this file too, one a line, # begins a comment (-: standard input)')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Inspect the URLs in this file too, one a line, # begins a comment (-: standard input)')
            [CompletionResult]::new('--parallel-max', '--parallel-max', [CompletionResultType]::ParameterName, 'At most this many at once (50)')
            [CompletionResult]::new('--per-host', '--per-host', [CompletionResultType]::ParameterName, 'At most this many requests to one host at once (6)')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'At most this many requests to one host in a second (N, N/s) or a minute (N/m)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Report these only: problems (not landed, 400 and above, a check that fails) or redirects')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Go on where this JSONL report ends, and add to it what is new')
            [CompletionResult]::new('--retry', '--retry', [CompletionResultType]::ParameterName, 'Inspect up to N times again where the transport fails or the last status is 429 or 503')
            [CompletionResult]::new('--retry-max-time', '--retry-max-time', [CompletionResultType]::ParameterName, 'No retry later than this after the first time; a Retry-After that asks for more is not waited for')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Follow as this client: fetch (the default), curl, go, requests ... or a profile in a file')
            [CompletionResult]::new('--clients', '--clients', [CompletionResultType]::ParameterName, 'Say what other clients would have sent: all (the default), or a list of names and files')
            [CompletionResult]::new('--max-redirs', '--max-redirs', [CompletionResultType]::ParameterName, 'Follow at most this many redirects (20; -1: as many as 1000)')
            [CompletionResult]::new('--max-redirects', '--max-redirects', [CompletionResultType]::ParameterName, 'Follow at most this many redirects (20; -1: as many as 1000)')
            [CompletionResult]::new('--proto-redir', '--proto-redir', [CompletionResultType]::ParameterName, 'Follow to these schemes only, as curl writes them: =https, -http, all')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Exit 1 unless this holds: status, codes, redirects, final, method, body, header.NAME ... (repeatable)')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit 1 where one of these findings is raised; `rehop explain` lists them')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format on standard output: table (the default), json, jsonl, csv, markdown, html, junit, tap, sarif, github, gitlab, har, mermaid, curl or summary')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write a report into a file as well (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the body of the last response into this file')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the body of the last response into this file')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'Mask what is called this too: a field, a cookie, a parameter, a member of JSON (repeatable)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: --json has all that curl could write')
            [CompletionResult]::new('--write-out', '--write-out', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: --json has all that curl could write')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Give the whole chain this long')
            [CompletionResult]::new('--max-time', '--max-time', [CompletionResultType]::ParameterName, 'Give the whole chain this long')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give connecting this long (10)')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the authorities in this PEM file, and no others')
            [CompletionResult]::new('-E', '-E ', [CompletionResultType]::ParameterName, 'Show this client certificate (PEM)')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'Show this client certificate (PEM)')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The private key of the client certificate, where it is not in its file (PEM)')
            [CompletionResult]::new('-x', '-x', [CompletionResultType]::ParameterName, 'Use this proxy: http://HOST:PORT, socks4, socks4a, socks5 or socks5h; '''' for none')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Use this proxy: http://HOST:PORT, socks4, socks4a, socks5 or socks5h; '''' for none')
            [CompletionResult]::new('-U', '-U ', [CompletionResultType]::ParameterName, 'Credentials for the proxy')
            [CompletionResult]::new('--proxy-user', '--proxy-user', [CompletionResultType]::ParameterName, 'Credentials for the proxy')
            [CompletionResult]::new('--noproxy', '--noproxy', [CompletionResultType]::ParameterName, 'Reach these hosts without a proxy (*: all)')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Take the address ADDR, or several with commas, for host H and port P (repeatable)')
            [CompletionResult]::new('--connect-to', '--connect-to', [CompletionResultType]::ParameterName, 'Connect to NEW where OLD is asked for, each HOST:PORT; what is empty stays (repeatable)')
            [CompletionResult]::new('--unix-socket', '--unix-socket', [CompletionResultType]::ParameterName, 'Connect to this Unix socket')
            [CompletionResult]::new('--deny-private', '--deny-private', [CompletionResultType]::ParameterName, 'Refuse private, loopback and link-local addresses; with =redirects only where a redirect leads to one')
            [CompletionResult]::new('-G', '-G ', [CompletionResultType]::ParameterName, 'Put -d into the query and send a GET')
            [CompletionResult]::new('--get', '--get', [CompletionResultType]::ParameterName, 'Put -d into the query and send a GET')
            [CompletionResult]::new('-I', '-I ', [CompletionResultType]::ParameterName, 'Send a HEAD')
            [CompletionResult]::new('--head', '--head', [CompletionResultType]::ParameterName, 'Send a HEAD')
            [CompletionResult]::new('--compressed', '--compressed', [CompletionResultType]::ParameterName, 'Ask for compressed content (Accept-Encoding); it is not decoded')
            [CompletionResult]::new('-g', '-g', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: rehop expands no braces in URLs')
            [CompletionResult]::new('--globoff', '--globoff', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: rehop expands no braces in URLs')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Take the credentials for the host from ~/.netrc, or the file that NETRC names')
            [CompletionResult]::new('--netrc', '--netrc', [CompletionResultType]::ParameterName, 'Take the credentials for the host from ~/.netrc, or the file that NETRC names')
            [CompletionResult]::new('-Z', '-Z ', [CompletionResultType]::ParameterName, 'Inspect several URLs at once; the default for -i')
            [CompletionResult]::new('--parallel', '--parallel', [CompletionResultType]::ParameterName, 'Inspect several URLs at once; the default for -i')
            [CompletionResult]::new('--ordered', '--ordered', [CompletionResultType]::ParameterName, 'Report in the order given, not as done')
            [CompletionResult]::new('--dedupe', '--dedupe', [CompletionResultType]::ParameterName, 'Inspect a URL once, however often it is listed; a million different ones are remembered')
            [CompletionResult]::new('--retry-failed', '--retry-failed', [CompletionResultType]::ParameterName, 'Inspect again what failed in the report of --resume')
            [CompletionResult]::new('--no-follow', '--no-follow', [CompletionResultType]::ParameterName, 'Stop after the first hop, and say where it would have gone')
            [CompletionResult]::new('--location-trusted', '--location-trusted', [CompletionResultType]::ParameterName, 'Send credentials to every host that the chain leads to')
            [CompletionResult]::new('--post301', '--post301', [CompletionResultType]::ParameterName, 'Leave method and body as they are on a 301')
            [CompletionResult]::new('--post302', '--post302', [CompletionResultType]::ParameterName, 'Leave method and body as they are on a 302')
            [CompletionResult]::new('--post303', '--post303', [CompletionResultType]::ParameterName, 'Leave method and body as they are on a 303')
            [CompletionResult]::new('--no-cookies', '--no-cookies', [CompletionResultType]::ParameterName, 'Do not send cookies back that a hop has set')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: rehop always follows')
            [CompletionResult]::new('--location', '--location', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: rehop always follows')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: rehop always follows')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as --format json: one document per URL')
            [CompletionResult]::new('--jsonl', '--jsonl', [CompletionResultType]::ParameterName, 'The same as --format jsonl: one line per URL, as soon as it is done')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the fields of each hop, and what changed between hops; -vv: the beginning of text bodies too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the fields of each hop, and what changed between hops; -vv: the beginning of text bodies too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the one sentence alone')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the one sentence alone')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Do not mask credentials, cookies and tokens')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: a final 404 is an answer, unless --expect says otherwise')
            [CompletionResult]::new('--fail', '--fail', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: a final 404 is an answer, unless --expect says otherwise')
            [CompletionResult]::new('--progress-bar', '--progress-bar', [CompletionResultType]::ParameterName, 'Accepted, changes nothing')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'No progress and no notes on standard error')
            [CompletionResult]::new('--silent', '--silent', [CompletionResultType]::ParameterName, 'No progress and no notes on standard error')
            [CompletionResult]::new('-S', '-S ', [CompletionResultType]::ParameterName, 'Accepted, changes nothing')
            [CompletionResult]::new('--show-error', '--show-error', [CompletionResultType]::ParameterName, 'Accepted, changes nothing')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'Go on where a certificate is wrong, and report what is wrong with it')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Go on where a certificate is wrong, and report what is wrong with it')
            [CompletionResult]::new('-4', '-4', [CompletionResultType]::ParameterName, 'Use IPv4 only')
            [CompletionResult]::new('--ipv4', '--ipv4', [CompletionResultType]::ParameterName, 'Use IPv4 only')
            [CompletionResult]::new('-6', '-6', [CompletionResultType]::ParameterName, 'Use IPv6 only')
            [CompletionResult]::new('--ipv6', '--ipv6', [CompletionResultType]::ParameterName, 'Use IPv6 only')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('curl', 'curl', [CompletionResultType]::ParameterValue, 'Inspect what a curl command line would send, by curl''s own rules')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Inspect a built-in chain on the loopback lab, no network needed')
            [CompletionResult]::new('clients', 'clients', [CompletionResultType]::ParameterValue, 'Show what each known client does on each code and method')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Lint rules files (_redirects, vercel.json, .htaccess ...), and hold them against a site')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Run a redirect lab: a server that plays every redirect situation')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Run a real client against the lab and judge what it does')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what a status code or a finding means, with its source')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the man page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'rehop;curl' {
            break
        }
        'rehop;demo' {
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Follow as this client: fetch (the default), curl, go, requests ... or a profile in a file')
            [CompletionResult]::new('--clients', '--clients', [CompletionResultType]::ParameterName, 'Say what other clients would have sent: all (the default), or a list of names and files')
            [CompletionResult]::new('--max-redirs', '--max-redirs', [CompletionResultType]::ParameterName, 'Follow at most this many redirects (20; -1: as many as 1000)')
            [CompletionResult]::new('--max-redirects', '--max-redirects', [CompletionResultType]::ParameterName, 'Follow at most this many redirects (20; -1: as many as 1000)')
            [CompletionResult]::new('--proto-redir', '--proto-redir', [CompletionResultType]::ParameterName, 'Follow to these schemes only, as curl writes them: =https, -http, all')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Exit 1 unless this holds: status, codes, redirects, final, method, body, header.NAME ... (repeatable)')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit 1 where one of these findings is raised; `rehop explain` lists them')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format on standard output: table (the default), json, jsonl, csv, markdown, html, junit, tap, sarif, github, gitlab, har, mermaid, curl or summary')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write a report into a file as well (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the body of the last response into this file')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the body of the last response into this file')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'Mask what is called this too: a field, a cookie, a parameter, a member of JSON (repeatable)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: --json has all that curl could write')
            [CompletionResult]::new('--write-out', '--write-out', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: --json has all that curl could write')
            [CompletionResult]::new('--no-follow', '--no-follow', [CompletionResultType]::ParameterName, 'Stop after the first hop, and say where it would have gone')
            [CompletionResult]::new('--location-trusted', '--location-trusted', [CompletionResultType]::ParameterName, 'Send credentials to every host that the chain leads to')
            [CompletionResult]::new('--post301', '--post301', [CompletionResultType]::ParameterName, 'Leave method and body as they are on a 301')
            [CompletionResult]::new('--post302', '--post302', [CompletionResultType]::ParameterName, 'Leave method and body as they are on a 302')
            [CompletionResult]::new('--post303', '--post303', [CompletionResultType]::ParameterName, 'Leave method and body as they are on a 303')
            [CompletionResult]::new('--no-cookies', '--no-cookies', [CompletionResultType]::ParameterName, 'Do not send cookies back that a hop has set')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: rehop always follows')
            [CompletionResult]::new('--location', '--location', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: rehop always follows')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: rehop always follows')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as --format json: one document per URL')
            [CompletionResult]::new('--jsonl', '--jsonl', [CompletionResultType]::ParameterName, 'The same as --format jsonl: one line per URL, as soon as it is done')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show the fields of each hop, and what changed between hops; -vv: the beginning of text bodies too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show the fields of each hop, and what changed between hops; -vv: the beginning of text bodies too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the one sentence alone')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the one sentence alone')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Do not mask credentials, cookies and tokens')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: a final 404 is an answer, unless --expect says otherwise')
            [CompletionResult]::new('--fail', '--fail', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: a final 404 is an answer, unless --expect says otherwise')
            [CompletionResult]::new('--progress-bar', '--progress-bar', [CompletionResultType]::ParameterName, 'Accepted, changes nothing')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'No progress and no notes on standard error')
            [CompletionResult]::new('--silent', '--silent', [CompletionResultType]::ParameterName, 'No progress and no notes on standard error')
            [CompletionResult]::new('-S', '-S ', [CompletionResultType]::ParameterName, 'Accepted, changes nothing')
            [CompletionResult]::new('--show-error', '--show-error', [CompletionResultType]::ParameterName, 'Accepted, changes nothing')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rehop;clients' {
            [CompletionResult]::new('-X', '-X ', [CompletionResultType]::ParameterName, 'Requests with this method (POST; with --json: every one)')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'Requests with this method (POST; with --json: every one)')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'These codes (301,302,303,307,308; with --json: 300 to 308)')
            [CompletionResult]::new('--crossing', '--crossing', [CompletionResultType]::ParameterName, 'Redirects that lead there: same-origin, port, host, subdomain, parent, upgrade or downgrade')
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Clients of this kind: browser, cli, python, js, java, go, dotnet, ruby, php, perl or rust')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour')
            [CompletionResult]::new('--no-body', '--no-body', [CompletionResultType]::ParameterName, 'Requests without a body')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Everything as one document')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rehop;check' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'What they are, where name and content do not tell: redirects, netlify, vercel, next, apache, nginx ...')
            [CompletionResult]::new('--dialect', '--dialect', [CompletionResultType]::ParameterName, 'Whose `_redirects` it is, where no file beside it tells: netlify, cloudflare or gitlab')
            [CompletionResult]::new('--base', '--base', [CompletionResultType]::ParameterName, 'Where the site answers now: the cases are asked there')
            [CompletionResult]::new('--samples', '--samples', [CompletionResultType]::ParameterName, 'Requests that are made of each rule (2)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Follow as this client')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Give the whole chain this long')
            [CompletionResult]::new('--max-time', '--max-time', [CompletionResultType]::ParameterName, 'Give the whole chain this long')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give connecting this long (10)')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the authorities in this PEM file, and no others')
            [CompletionResult]::new('-E', '-E ', [CompletionResultType]::ParameterName, 'Show this client certificate (PEM)')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'Show this client certificate (PEM)')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The private key of the client certificate, where it is not in its file (PEM)')
            [CompletionResult]::new('-x', '-x', [CompletionResultType]::ParameterName, 'Use this proxy: http://HOST:PORT, socks4, socks4a, socks5 or socks5h; '''' for none')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Use this proxy: http://HOST:PORT, socks4, socks4a, socks5 or socks5h; '''' for none')
            [CompletionResult]::new('-U', '-U ', [CompletionResultType]::ParameterName, 'Credentials for the proxy')
            [CompletionResult]::new('--proxy-user', '--proxy-user', [CompletionResultType]::ParameterName, 'Credentials for the proxy')
            [CompletionResult]::new('--noproxy', '--noproxy', [CompletionResultType]::ParameterName, 'Reach these hosts without a proxy (*: all)')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Take the address ADDR, or several with commas, for host H and port P (repeatable)')
            [CompletionResult]::new('--connect-to', '--connect-to', [CompletionResultType]::ParameterName, 'Connect to NEW where OLD is asked for, each HOST:PORT; what is empty stays (repeatable)')
            [CompletionResult]::new('--unix-socket', '--unix-socket', [CompletionResultType]::ParameterName, 'Connect to this Unix socket')
            [CompletionResult]::new('--deny-private', '--deny-private', [CompletionResultType]::ParameterName, 'Refuse private, loopback and link-local addresses; with =redirects only where a redirect leads to one')
            [CompletionResult]::new('--lint-only', '--lint-only', [CompletionResultType]::ParameterName, 'Read and simulate; send nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Everything as one document')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the last line of each file alone')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the last line of each file alone')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Do not mask credentials, cookies and tokens')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'Go on where a certificate is wrong, and report what is wrong with it')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Go on where a certificate is wrong, and report what is wrong with it')
            [CompletionResult]::new('-4', '-4', [CompletionResultType]::ParameterName, 'Use IPv4 only')
            [CompletionResult]::new('--ipv4', '--ipv4', [CompletionResultType]::ParameterName, 'Use IPv4 only')
            [CompletionResult]::new('-6', '-6', [CompletionResultType]::ParameterName, 'Use IPv6 only')
            [CompletionResult]::new('--ipv6', '--ipv6', [CompletionResultType]::ParameterName, 'Use IPv6 only')
            [CompletionResult]::new('--http1.1', '--http1.1', [CompletionResultType]::ParameterName, 'Accepted, changes nothing: rehop speaks HTTP/1.1')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rehop;serve' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Listen on this port; 0 for any that is free. The other origins take the ports above it where these are free')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Listen on this port; 0 for any that is free. The other origins take the ports above it where these are free')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Listen on this address: 127.0.0.1 unless told otherwise')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Answer to this Host as well as to loopback names and addresses (repeatable)')
            [CompletionResult]::new('--cert-file', '--cert-file', [CompletionResultType]::ParameterName, 'Write the certificate (PEM) here, for --cacert')
            [CompletionResult]::new('--ready-file', '--ready-file', [CompletionResultType]::ParameterName, 'Write the URL here as soon as the lab listens')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour')
            [CompletionResult]::new('--tls', '--tls', [CompletionResultType]::ParameterName, 'Speak https too, with a throwaway certificate')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No access log on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No access log on standard error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rehop;probe' {
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit 1 where a cell has one of these levels or findings: forbidden (the default), discouraged, body-lost ...; none')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Answer with these codes alone')
            [CompletionResult]::new('-X', '-X ', [CompletionResultType]::ParameterName, 'Ask for these methods alone')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'Ask for these methods alone')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give each run this long (10)')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Run so many at once (as many as there are processors)')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Run so many at once (as many as there are processors)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Write what was seen as a profile, for --as FILE and --clients FILE')
            [CompletionResult]::new('--client-version', '--client-version', [CompletionResultType]::ParameterName, 'Name the client''s version in that profile')
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'Say where the client differs from a known one')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'Mask the options and fields of this name too (repeatable)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the matrix as JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print the last sentence alone')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print the last sentence alone')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Do not mask credentials in the command')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rehop;explain' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rehop;completions' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rehop;man' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rehop;help' {
            [CompletionResult]::new('curl', 'curl', [CompletionResultType]::ParameterValue, 'Inspect what a curl command line would send, by curl''s own rules')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Inspect a built-in chain on the loopback lab, no network needed')
            [CompletionResult]::new('clients', 'clients', [CompletionResultType]::ParameterValue, 'Show what each known client does on each code and method')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Lint rules files (_redirects, vercel.json, .htaccess ...), and hold them against a site')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Run a redirect lab: a server that plays every redirect situation')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Run a real client against the lab and judge what it does')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what a status code or a finding means, with its source')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the man page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'rehop;help;curl' {
            break
        }
        'rehop;help;demo' {
            break
        }
        'rehop;help;clients' {
            break
        }
        'rehop;help;check' {
            break
        }
        'rehop;help;serve' {
            break
        }
        'rehop;help;probe' {
            break
        }
        'rehop;help;explain' {
            break
        }
        'rehop;help;completions' {
            break
        }
        'rehop;help;man' {
            break
        }
        'rehop;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
