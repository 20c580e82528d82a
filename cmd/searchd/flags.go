package main

import (
	"math"
	"net"
	"net/netip"
	"net/url"
	"runtime"

	"github.com/dustin/go-humanize"
	"github.com/spf13/pflag"

	"xunwen/internal/access"
	"xunwen/internal/cli"
	"xunwen/internal/engine"
)

// defaultQueue is how many questions wait: at a few milliseconds each on four
// cores the last of them has its answer within a second.
const defaultQueue = 256

// config is the command line as it was given.
type config struct {
	index     string
	listen    string
	admin     string
	trusted   []string
	keys      string
	rate      float64
	burst     int
	origins   []string
	cache     string
	running   int
	waiting   int
	logFormat string
}

func (cfg *config) flags(flags *pflag.FlagSet) {
	flags.StringVar(&cfg.index, "index", "indexes/news", "folder of the index")
	flags.StringVar(&cfg.listen, "listen", "127.0.0.1:8080", "address to serve; port 0 takes a free one")
	flags.StringVar(&cfg.admin, "admin-listen", "", "address to serve /metrics and /debug/pprof at; none unless it is given")
	flags.StringSliceVar(&cfg.trusted, "trusted-proxies", nil, "addresses or networks (10.0.0.0/8) of reverse proxies, whose X-Forwarded-For and X-Forwarded-Proto are believed")
	flags.StringVar(&cfg.keys, "api-keys", "", "`file` of API keys, made by searchd key; who shows none is not answered. It is read again when it changes and on SIGHUP")
	flags.Float64Var(&cfg.rate, "rate", 0, "requests a second of one address; further ones are answered 429. 0 for any number")
	flags.IntVar(&cfg.burst, "burst", 0, "requests of one address at once; 0 for as many as --rate gives in a second")
	flags.StringSliceVar(&cfg.origins, "cors-origin", nil, "sites whose pages may ask the API, such as https://example.org; * for all")
	flags.StringVar(&cfg.cache, "cache", humanize.IBytes(engine.DefaultCache), "memory for parts of the index that are kept unpacked, e.g. 1GiB")
	flags.IntVar(&cfg.running, "concurrency", runtime.GOMAXPROCS(0), "questions computed at once; further ones wait")
	flags.IntVar(&cfg.waiting, "queue", defaultQueue, "questions that may wait; further ones are answered 503")
	flags.StringVar(&cfg.logFormat, "log-format", "text", cli.LogFormats)
}

// settings is a command line that makes sense.
type settings struct {
	config
	cacheBytes int64
	proxies    []netip.Prefix
}

// read finds what is wrong with the command line before anything is opened.
func (cfg config) read() (settings, error) {
	set := settings{config: cfg}
	if _, _, err := net.SplitHostPort(cfg.listen); err != nil {
		return set, cli.Usagef("--listen %q: %w (want host:port)", cfg.listen, err)
	}
	if _, _, err := net.SplitHostPort(cfg.admin); err != nil && cfg.admin != "" {
		return set, cli.Usagef("--admin-listen %q: %w (want host:port)", cfg.admin, err)
	}
	if cfg.running < 1 {
		return set, cli.Usagef("--concurrency %d: want 1 at least", cfg.running)
	}
	if cfg.waiting < 0 {
		return set, cli.Usagef("--queue %d: want 0 at least", cfg.waiting)
	}
	size, err := humanize.ParseBytes(cfg.cache)
	if err != nil || size == 0 || size > math.MaxInt64 {
		return set, cli.Usagef("--cache %q: want a size such as 256MiB or 2GB", cfg.cache)
	}
	set.cacheBytes = int64(size)
	for _, text := range cfg.trusted {
		p, err := readNetwork(text)
		if err != nil {
			return set, cli.Usagef("--trusted-proxies %q: want an address or a network, such as 127.0.0.1 or 10.0.0.0/8", text)
		}
		set.proxies = append(set.proxies, p)
	}
	return set, cfg.checkAccess()
}

// checkAccess finds what is wrong with the flags about who may ask.
func (cfg config) checkAccess() error {
	if !(cfg.rate >= 0 && cfg.rate <= access.MaxRate) {
		return cli.Usagef("--rate %g: want requests a second, 0 to %d", cfg.rate, int(access.MaxRate))
	}
	if cfg.burst < 0 || cfg.burst > access.MaxRate {
		return cli.Usagef("--burst %d: want requests at once, 0 to %d", cfg.burst, int(access.MaxRate))
	}
	if cfg.burst > 0 && cfg.rate == 0 {
		return cli.Usagef("--burst %d means nothing without --rate", cfg.burst)
	}
	for _, origin := range cfg.origins {
		if u, err := url.Parse(origin); origin != "*" && (err != nil || u.Host == "" || u.Scheme+"://"+u.Host != origin) {
			return cli.Usagef("--cors-origin %q: want a scheme and a host, such as https://example.org, or *", origin)
		}
	}
	return nil
}

// readNetwork reads a network, or an address as the network of it alone.
func readNetwork(text string) (netip.Prefix, error) {
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), nil
	}
	a, err := netip.ParseAddr(text)
	if err != nil || a.Zone() != "" {
		return netip.Prefix{}, &net.ParseError{Type: "network", Text: text}
	}
	return a.Unmap().Prefix(a.Unmap().BitLen())
}
