_rehop() {
    local i cur prev opts cmd
    COMPREPLY=()
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
    opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="rehop"
                ;;
            rehop,check)
                cmd="rehop__subcmd__check"
                ;;
            rehop,clients)
                cmd="rehop__subcmd__clients"
                ;;
            rehop,completions)
                cmd="rehop__subcmd__completions"
                ;;
            rehop,curl)
                cmd="rehop__subcmd__curl"
                ;;
            rehop,demo)
                cmd="rehop__subcmd__demo"
                ;;
            rehop,explain)
                cmd="rehop__subcmd__explain"
                ;;
            rehop,help)
                cmd="rehop__subcmd__help"
                ;;
            rehop,man)
                cmd="rehop__subcmd__man"
                ;;
            rehop,probe)
                cmd="rehop__subcmd__probe"
                ;;
            rehop,serve)
                cmd="rehop__subcmd__serve"
                ;;
            rehop__subcmd__help,check)
                cmd="rehop__subcmd__help__subcmd__check"
                ;;
            rehop__subcmd__help,clients)
                cmd="rehop__subcmd__help__subcmd__clients"
                ;;
            rehop__subcmd__help,completions)
                cmd="rehop__subcmd__help__subcmd__completions"
                ;;
            rehop__subcmd__help,curl)
                cmd="rehop__subcmd__help__subcmd__curl"
                ;;
            rehop__subcmd__help,demo)
                cmd="rehop__subcmd__help__subcmd__demo"
                ;;
            rehop__subcmd__help,explain)
                cmd="rehop__subcmd__help__subcmd__explain"
                ;;
            rehop__subcmd__help,help)
                cmd="rehop__subcmd__help__subcmd__help"
                ;;
            rehop__subcmd__help,man)
                cmd="rehop__subcmd__help__subcmd__man"
                ;;
            rehop__subcmd__help,probe)
                cmd="rehop__subcmd__help__subcmd__probe"
                ;;
            rehop__subcmd__help,serve)
                cmd="rehop__subcmd__help__subcmd__serve"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        rehop)
            opts="-X -d -F -T -G -I -H -A -e -g -u -n -b -i -Z -L -o -v -q -f -w -s -S -m -k -E -x -U -4 -6 -h -V --request --data --data-raw --data-binary --data-urlencode --data-json --form --form-string --upload-file --get --head --header --user-agent --referer --compressed --globoff --user --oauth2-bearer --netrc --cookie --input --parallel --parallel-max --per-host --rate --ordered --dedupe --only --resume --retry-failed --retry --retry-max-time --as --clients --no-follow --max-redirects --max-redirs --proto-redir --location-trusted --post301 --post302 --post303 --no-cookies --location --follow --expect --fail-on --format --json --jsonl --report --output --verbose --quiet --show-secrets --secret --color --fail --write-out --progress-bar --silent --show-error --max-time --connect-timeout --insecure --cacert --cert --key --proxy --proxy-user --noproxy --resolve --connect-to --ipv4 --ipv6 --unix-socket --deny-private --help --version curl demo clients check serve probe explain completions man help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --request)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -X)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --data)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -d)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --data-raw)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --data-binary)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --data-urlencode)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --data-json)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --form)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -F)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --form-string)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --upload-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -T)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --header)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -H)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --user-agent)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -A)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --referer)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -e)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --user)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -u)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --oauth2-bearer)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cookie)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -b)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --input)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -i)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --parallel-max)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --per-host)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --rate)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --only)
                    COMPREPLY=($(compgen -W "problems redirects" -- "${cur}"))
                    return 0
                    ;;
                --resume)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --retry)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --retry-max-time)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --as)
                    COMPREPLY=($(compgen -W "fetch whatwg rfc9110 rfc chromium-fetch chrome chromium edge chromium-nav chrome-nav chromium-form chrome-form webkit-fetch safari webkit webkit-nav safari-nav webkit-form safari-form firefox-fetch firefox firefox-nav firefox-form curl8-L curl curl8-L-X curl-X curl-L curl-L-X requests python node26-fetch node axios go1.27 go java25-NORMAL java okhttp3 okhttp android urllib3 dotnet3.1-HttpClient dotnet csharp php-curl php guzzle wget wget-method httpx aiohttp rust-reqwest reqwest rust apache-httpclient4 apache newman postman node-fetch2 node-fetch3 node-fetch got16 got follow-redirects undici8-fetch undici undici8-request urllib.request urllib java25-HttpURLConnection java-urlconnection request superagent ruby-net-http net-http ruby ruby-faraday_follow faraday ruby-rest-client rest-client ruby-httparty httparty pycurl_natural pycurl libcurl bun-fetch bun deno-fetch deno httpie-3.2.4 httpie node20-fetch undici7-fetch go1.19 java17-NORMAL java17-HttpURLConnection ky ofetch axios-fetch needle minipass-fetch php-stream php-curl-custom guzzle-strict perl-LWP perl lwp perl-HTTP-Tiny http-tiny perl-Mojo mojo rust-ureq ureq rust-ureq-samehost rust-isahc isahc rust-attohttpc attohttpc xh hurl wget2 aria2 lychee oha httplib2 tornado niquests curl_cffi apache-httpclient4-lax curl-L-post30x curl-location-trusted curl-trusted curl8-follow-X curl8-follow curl-follow got14 got16-rewrite httpie-3.2.1 java17-ALWAYS java25-ALWAYS perl-LWP-all pycurl_custom pycurl_firstonly pycurl_obeycode request-followAll ruby-excon_follow excon ruby-http.rb http.rb ruby-http.rb_nonstrict ruby-open-uri open-uri" -- "${cur}"))
                    return 0
                    ;;
                --clients)
                    COMPREPLY=($(compgen -W "fetch whatwg rfc9110 rfc chromium-fetch chrome chromium edge chromium-nav chrome-nav chromium-form chrome-form webkit-fetch safari webkit webkit-nav safari-nav webkit-form safari-form firefox-fetch firefox firefox-nav firefox-form curl8-L curl curl8-L-X curl-X curl-L curl-L-X requests python node26-fetch node axios go1.27 go java25-NORMAL java okhttp3 okhttp android urllib3 dotnet3.1-HttpClient dotnet csharp php-curl php guzzle wget wget-method httpx aiohttp rust-reqwest reqwest rust apache-httpclient4 apache newman postman node-fetch2 node-fetch3 node-fetch got16 got follow-redirects undici8-fetch undici undici8-request urllib.request urllib java25-HttpURLConnection java-urlconnection request superagent ruby-net-http net-http ruby ruby-faraday_follow faraday ruby-rest-client rest-client ruby-httparty httparty pycurl_natural pycurl libcurl bun-fetch bun deno-fetch deno httpie-3.2.4 httpie node20-fetch undici7-fetch go1.19 java17-NORMAL java17-HttpURLConnection ky ofetch axios-fetch needle minipass-fetch php-stream php-curl-custom guzzle-strict perl-LWP perl lwp perl-HTTP-Tiny http-tiny perl-Mojo mojo rust-ureq ureq rust-ureq-samehost rust-isahc isahc rust-attohttpc attohttpc xh hurl wget2 aria2 lychee oha httplib2 tornado niquests curl_cffi apache-httpclient4-lax curl-L-post30x curl-location-trusted curl-trusted curl8-follow-X curl8-follow curl-follow got14 got16-rewrite httpie-3.2.1 java17-ALWAYS java25-ALWAYS perl-LWP-all pycurl_custom pycurl_firstonly pycurl_obeycode request-followAll ruby-excon_follow excon ruby-http.rb http.rb ruby-http.rb_nonstrict ruby-open-uri open-uri" -- "${cur}"))
                    return 0
                    ;;
                --max-redirs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-redirects)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --proto-redir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expect)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --fail-on)
                    COMPREPLY=($(compgen -W "method-changed body-dropped unpredictable downgrade cross-origin credentials-sent credentials-dropped credentials-in-referer body-sent sent-in-clear to-private too-long growing-target port-changed query-doubled escaped-twice early-answer repeated-location invalid-location ambiguous-host userinfo-in-location location-host-without-scheme location-unused no-hypertext-note cookie-refused refresh body-fault retried tls-fault" -- "${cur}"))
                    return 0
                    ;;
                --format)
                    COMPREPLY=($(compgen -W "table json jsonl csv markdown html junit tap sarif github gitlab har mermaid curl summary" -- "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -W "table= json= jsonl= csv= markdown= html= junit= tap= sarif= github= gitlab= har= mermaid= curl= summary=" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --secret)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --write-out)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -w)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-time)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -m)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --connect-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cacert)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cert)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -E)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --key)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --proxy)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -x)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --proxy-user)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -U)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --noproxy)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --resolve)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --connect-to)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --unix-socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --deny-private)
                    COMPREPLY=($(compgen -W "all redirects" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__check)
            opts="-q -m -k -E -x -U -4 -6 -h --type --dialect --lint-only --base --samples --as --json --quiet --show-secrets --color --max-time --connect-timeout --insecure --cacert --cert --key --proxy --proxy-user --noproxy --resolve --connect-to --ipv4 --ipv6 --unix-socket --http1.1 --deny-private --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --type)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --dialect)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --base)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --samples)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --as)
                    COMPREPLY=($(compgen -W "fetch whatwg rfc9110 rfc chromium-fetch chrome chromium edge chromium-nav chrome-nav chromium-form chrome-form webkit-fetch safari webkit webkit-nav safari-nav webkit-form safari-form firefox-fetch firefox firefox-nav firefox-form curl8-L curl curl8-L-X curl-X curl-L curl-L-X requests python node26-fetch node axios go1.27 go java25-NORMAL java okhttp3 okhttp android urllib3 dotnet3.1-HttpClient dotnet csharp php-curl php guzzle wget wget-method httpx aiohttp rust-reqwest reqwest rust apache-httpclient4 apache newman postman node-fetch2 node-fetch3 node-fetch got16 got follow-redirects undici8-fetch undici undici8-request urllib.request urllib java25-HttpURLConnection java-urlconnection request superagent ruby-net-http net-http ruby ruby-faraday_follow faraday ruby-rest-client rest-client ruby-httparty httparty pycurl_natural pycurl libcurl bun-fetch bun deno-fetch deno httpie-3.2.4 httpie node20-fetch undici7-fetch go1.19 java17-NORMAL java17-HttpURLConnection ky ofetch axios-fetch needle minipass-fetch php-stream php-curl-custom guzzle-strict perl-LWP perl lwp perl-HTTP-Tiny http-tiny perl-Mojo mojo rust-ureq ureq rust-ureq-samehost rust-isahc isahc rust-attohttpc attohttpc xh hurl wget2 aria2 lychee oha httplib2 tornado niquests curl_cffi apache-httpclient4-lax curl-L-post30x curl-location-trusted curl-trusted curl8-follow-X curl8-follow curl-follow got14 got16-rewrite httpie-3.2.1 java17-ALWAYS java25-ALWAYS perl-LWP-all pycurl_custom pycurl_firstonly pycurl_obeycode request-followAll ruby-excon_follow excon ruby-http.rb http.rb ruby-http.rb_nonstrict ruby-open-uri open-uri" -- "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --max-time)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -m)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --connect-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cacert)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cert)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -E)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --key)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --proxy)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -x)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --proxy-user)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -U)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --noproxy)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --resolve)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --connect-to)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --unix-socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --deny-private)
                    COMPREPLY=($(compgen -W "all redirects" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__clients)
            opts="-X -h --method --no-body --status --crossing --group --json --color --help fetch whatwg rfc9110 rfc chromium-fetch chrome chromium edge chromium-nav chrome-nav chromium-form chrome-form webkit-fetch safari webkit webkit-nav safari-nav webkit-form safari-form firefox-fetch firefox firefox-nav firefox-form curl8-L curl curl8-L-X curl-X curl-L curl-L-X requests python node26-fetch node axios go1.27 go java25-NORMAL java okhttp3 okhttp android urllib3 dotnet3.1-HttpClient dotnet csharp php-curl php guzzle wget wget-method httpx aiohttp rust-reqwest reqwest rust apache-httpclient4 apache newman postman node-fetch2 node-fetch3 node-fetch got16 got follow-redirects undici8-fetch undici undici8-request urllib.request urllib java25-HttpURLConnection java-urlconnection request superagent ruby-net-http net-http ruby ruby-faraday_follow faraday ruby-rest-client rest-client ruby-httparty httparty pycurl_natural pycurl libcurl bun-fetch bun deno-fetch deno httpie-3.2.4 httpie node20-fetch undici7-fetch go1.19 java17-NORMAL java17-HttpURLConnection ky ofetch axios-fetch needle minipass-fetch php-stream php-curl-custom guzzle-strict perl-LWP perl lwp perl-HTTP-Tiny http-tiny perl-Mojo mojo rust-ureq ureq rust-ureq-samehost rust-isahc isahc rust-attohttpc attohttpc xh hurl wget2 aria2 lychee oha httplib2 tornado niquests curl_cffi apache-httpclient4-lax curl-L-post30x curl-location-trusted curl-trusted curl8-follow-X curl8-follow curl-follow got14 got16-rewrite httpie-3.2.1 java17-ALWAYS java25-ALWAYS perl-LWP-all pycurl_custom pycurl_firstonly pycurl_obeycode request-followAll ruby-excon_follow excon ruby-http.rb http.rb ruby-http.rb_nonstrict ruby-open-uri open-uri"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --method)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -X)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --crossing)
                    COMPREPLY=($(compgen -W "same-origin port host subdomain parent upgrade downgrade" -- "${cur}"))
                    return 0
                    ;;
                --group)
                    COMPREPLY=($(compgen -W "browser cli dotnet go java js perl php python ruby rust" -- "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__completions)
            opts="-h --help bash zsh fish powershell"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__curl)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__demo)
            opts="-L -o -v -q -f -w -s -S -h --as --clients --no-follow --max-redirects --max-redirs --proto-redir --location-trusted --post301 --post302 --post303 --no-cookies --location --follow --expect --fail-on --format --json --jsonl --report --output --verbose --quiet --show-secrets --secret --color --fail --write-out --progress-bar --silent --show-error --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --as)
                    COMPREPLY=($(compgen -W "fetch whatwg rfc9110 rfc chromium-fetch chrome chromium edge chromium-nav chrome-nav chromium-form chrome-form webkit-fetch safari webkit webkit-nav safari-nav webkit-form safari-form firefox-fetch firefox firefox-nav firefox-form curl8-L curl curl8-L-X curl-X curl-L curl-L-X requests python node26-fetch node axios go1.27 go java25-NORMAL java okhttp3 okhttp android urllib3 dotnet3.1-HttpClient dotnet csharp php-curl php guzzle wget wget-method httpx aiohttp rust-reqwest reqwest rust apache-httpclient4 apache newman postman node-fetch2 node-fetch3 node-fetch got16 got follow-redirects undici8-fetch undici undici8-request urllib.request urllib java25-HttpURLConnection java-urlconnection request superagent ruby-net-http net-http ruby ruby-faraday_follow faraday ruby-rest-client rest-client ruby-httparty httparty pycurl_natural pycurl libcurl bun-fetch bun deno-fetch deno httpie-3.2.4 httpie node20-fetch undici7-fetch go1.19 java17-NORMAL java17-HttpURLConnection ky ofetch axios-fetch needle minipass-fetch php-stream php-curl-custom guzzle-strict perl-LWP perl lwp perl-HTTP-Tiny http-tiny perl-Mojo mojo rust-ureq ureq rust-ureq-samehost rust-isahc isahc rust-attohttpc attohttpc xh hurl wget2 aria2 lychee oha httplib2 tornado niquests curl_cffi apache-httpclient4-lax curl-L-post30x curl-location-trusted curl-trusted curl8-follow-X curl8-follow curl-follow got14 got16-rewrite httpie-3.2.1 java17-ALWAYS java25-ALWAYS perl-LWP-all pycurl_custom pycurl_firstonly pycurl_obeycode request-followAll ruby-excon_follow excon ruby-http.rb http.rb ruby-http.rb_nonstrict ruby-open-uri open-uri" -- "${cur}"))
                    return 0
                    ;;
                --clients)
                    COMPREPLY=($(compgen -W "fetch whatwg rfc9110 rfc chromium-fetch chrome chromium edge chromium-nav chrome-nav chromium-form chrome-form webkit-fetch safari webkit webkit-nav safari-nav webkit-form safari-form firefox-fetch firefox firefox-nav firefox-form curl8-L curl curl8-L-X curl-X curl-L curl-L-X requests python node26-fetch node axios go1.27 go java25-NORMAL java okhttp3 okhttp android urllib3 dotnet3.1-HttpClient dotnet csharp php-curl php guzzle wget wget-method httpx aiohttp rust-reqwest reqwest rust apache-httpclient4 apache newman postman node-fetch2 node-fetch3 node-fetch got16 got follow-redirects undici8-fetch undici undici8-request urllib.request urllib java25-HttpURLConnection java-urlconnection request superagent ruby-net-http net-http ruby ruby-faraday_follow faraday ruby-rest-client rest-client ruby-httparty httparty pycurl_natural pycurl libcurl bun-fetch bun deno-fetch deno httpie-3.2.4 httpie node20-fetch undici7-fetch go1.19 java17-NORMAL java17-HttpURLConnection ky ofetch axios-fetch needle minipass-fetch php-stream php-curl-custom guzzle-strict perl-LWP perl lwp perl-HTTP-Tiny http-tiny perl-Mojo mojo rust-ureq ureq rust-ureq-samehost rust-isahc isahc rust-attohttpc attohttpc xh hurl wget2 aria2 lychee oha httplib2 tornado niquests curl_cffi apache-httpclient4-lax curl-L-post30x curl-location-trusted curl-trusted curl8-follow-X curl8-follow curl-follow got14 got16-rewrite httpie-3.2.1 java17-ALWAYS java25-ALWAYS perl-LWP-all pycurl_custom pycurl_firstonly pycurl_obeycode request-followAll ruby-excon_follow excon ruby-http.rb http.rb ruby-http.rb_nonstrict ruby-open-uri open-uri" -- "${cur}"))
                    return 0
                    ;;
                --max-redirs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-redirects)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --proto-redir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expect)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --fail-on)
                    COMPREPLY=($(compgen -W "method-changed body-dropped unpredictable downgrade cross-origin credentials-sent credentials-dropped credentials-in-referer body-sent sent-in-clear to-private too-long growing-target port-changed query-doubled escaped-twice early-answer repeated-location invalid-location ambiguous-host userinfo-in-location location-host-without-scheme location-unused no-hypertext-note cookie-refused refresh body-fault retried tls-fault" -- "${cur}"))
                    return 0
                    ;;
                --format)
                    COMPREPLY=($(compgen -W "table json jsonl csv markdown html junit tap sarif github gitlab har mermaid curl summary" -- "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -W "table= json= jsonl= csv= markdown= html= junit= tap= sarif= github= gitlab= har= mermaid= curl= summary=" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --secret)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --write-out)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -w)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__explain)
            opts="-h --color --help 300 301 302 303 304 305 306 307 308 3xx method-changed body-dropped unpredictable downgrade cross-origin credentials-sent credentials-dropped credentials-in-referer body-sent sent-in-clear to-private too-long growing-target port-changed query-doubled escaped-twice early-answer repeated-location invalid-location ambiguous-host userinfo-in-location location-host-without-scheme location-unused no-hypertext-note cookie-refused refresh body-fault retried tls-fault method-not-kept head-became-get body-lost body-changed body-after-303 not-retrieved followed-304 endless fragment-sent followed-305 many-followed content-fields-left required recommended permitted discouraged forbidden not_followed loop too_many bad_location refused failed"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help)
            opts="curl demo clients check serve probe explain completions man help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help__subcmd__check)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help__subcmd__clients)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help__subcmd__completions)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help__subcmd__curl)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help__subcmd__demo)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help__subcmd__explain)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help__subcmd__man)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help__subcmd__probe)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__help__subcmd__serve)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__man)
            opts="-h --help curl demo clients check serve probe explain completions man"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__probe)
            opts="-X -j -q -h --fail-on --status --method --timeout --jobs --profile --client-version --against --json --quiet --show-secrets --secret --color --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --fail-on)
                    COMPREPLY=($(compgen -W "method-changed body-dropped unpredictable downgrade cross-origin credentials-sent credentials-dropped credentials-in-referer body-sent sent-in-clear to-private too-long growing-target port-changed query-doubled escaped-twice early-answer repeated-location invalid-location ambiguous-host userinfo-in-location location-host-without-scheme location-unused no-hypertext-note cookie-refused refresh body-fault retried tls-fault method-not-kept head-became-get body-lost body-changed body-after-303 not-retrieved followed-304 endless fragment-sent followed-305 many-followed content-fields-left required recommended permitted discouraged forbidden none" -- "${cur}"))
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --method)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -X)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --profile)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --client-version)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --against)
                    COMPREPLY=($(compgen -W "fetch whatwg rfc9110 rfc chromium-fetch chrome chromium edge chromium-nav chrome-nav chromium-form chrome-form webkit-fetch safari webkit webkit-nav safari-nav webkit-form safari-form firefox-fetch firefox firefox-nav firefox-form curl8-L curl curl8-L-X curl-X curl-L curl-L-X requests python node26-fetch node axios go1.27 go java25-NORMAL java okhttp3 okhttp android urllib3 dotnet3.1-HttpClient dotnet csharp php-curl php guzzle wget wget-method httpx aiohttp rust-reqwest reqwest rust apache-httpclient4 apache newman postman node-fetch2 node-fetch3 node-fetch got16 got follow-redirects undici8-fetch undici undici8-request urllib.request urllib java25-HttpURLConnection java-urlconnection request superagent ruby-net-http net-http ruby ruby-faraday_follow faraday ruby-rest-client rest-client ruby-httparty httparty pycurl_natural pycurl libcurl bun-fetch bun deno-fetch deno httpie-3.2.4 httpie node20-fetch undici7-fetch go1.19 java17-NORMAL java17-HttpURLConnection ky ofetch axios-fetch needle minipass-fetch php-stream php-curl-custom guzzle-strict perl-LWP perl lwp perl-HTTP-Tiny http-tiny perl-Mojo mojo rust-ureq ureq rust-ureq-samehost rust-isahc isahc rust-attohttpc attohttpc xh hurl wget2 aria2 lychee oha httplib2 tornado niquests curl_cffi apache-httpclient4-lax curl-L-post30x curl-location-trusted curl-trusted curl8-follow-X curl8-follow curl-follow got14 got16-rewrite httpie-3.2.1 java17-ALWAYS java25-ALWAYS perl-LWP-all pycurl_custom pycurl_firstonly pycurl_obeycode request-followAll ruby-excon_follow excon ruby-http.rb http.rb ruby-http.rb_nonstrict ruby-open-uri open-uri" -- "${cur}"))
                    return 0
                    ;;
                --secret)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        rehop__subcmd__serve)
            opts="-p -q -h --port --bind --host --tls --cert-file --ready-file --quiet --color --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -p)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --bind)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --host)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cert-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --ready-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _rehop -o nosort -o bashdefault -o default rehop
else
    complete -F _rehop -o bashdefault -o default rehop
fi
