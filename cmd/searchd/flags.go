package main

import (
	"errors"
	"math"
	"net"
	"net/netip"
	"net/url"
	"runtime"

	"github.com/dustin/go-humanize"
	"github.com/spf13/pflag"

	"xunwen/internal/access"
	"xunwen/internal/analyzer"
	"xunwen/internal/cli"
	"xunwen/internal/cli/cluster"
	"xunwen/internal/server/caller"
)

// defaultQueue is how many requests wait: at a few milliseconds each on four
// cores, the last of them is answered within a second.
const defaultQueue = 256

// defaultConnections is enough for an office behind one address: a browser opens six at
// most and closes them when they are idle for long.
const defaultConnections = 256

// config is the command line as given.
type config struct {
	index       string
	listen      string
	admin       string
	pprof       bool
	publicURL   string
	hosts       []string
	trusted     []string
	keys        string
	connections int
	rate        float64
	burst       int
	origins     []string
	cache       string
	segmenter   analyzer.Segmenter
	concurrency int
	queue       int
	logFormat   string
	json        bool
	cluster     cluster.Flags
}

// indexFlags adds the flags that say which index is opened and how.
func (cfg *config) indexFlags(flags *pflag.FlagSet) {
	flags.StringVar(&cfg.index, "index", "indexes/news",
		"folder of the index")
	flags.StringVar(&cfg.cache, "cache", "",
		"memory for what words of earlier queries match, e.g. 64MiB "+
			"(default 64 bytes for each paragraph and article, but from 32MiB to 1GiB)")
	flags.TextVar(&cfg.segmenter, "segmenter", analyzer.Builtin,
		"`implementation` of jieba: builtin, or gojieba, which finds the same words more slowly")
	cfg.cluster.Register(flags)
	flags.StringVar(&cfg.logFormat, "log-format", "text", cli.LogFormats)
}

func (cfg *config) flags(flags *pflag.FlagSet) {
	cfg.indexFlags(flags)
	flags.StringVar(&cfg.listen, "listen", "127.0.0.1:8080",
		"address to serve; port 0 picks a free one")
	flags.StringVar(&cfg.admin, "admin-listen", "",
		"address to serve /metrics on, and /healthz and /readyz (default none)")
	flags.BoolVar(&cfg.pprof, "pprof", false,
		"also serve profiles, as /debug/pprof/ on --admin-listen: they show queries and contents of memory")
	flags.StringVar(&cfg.publicURL, "public-url", "",
		"`address` by which readers reach the server, such as https://news.example.org, for feeds, citations and so on; "+
			"requests for other names get 421")
	flags.StringSliceVar(&cfg.hosts, "hosts", nil,
		"more names that are answered, without ports; * for all. On 127.0.0.1 only localhost is answered "+
			"without --public-url or --hosts")
	flags.StringSliceVar(&cfg.trusted, "trusted-proxies", nil,
		"addresses or networks (10.0.0.0/8) of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are trusted")
	flags.StringVar(&cfg.keys, "api-keys", "",
		"`file` of API keys, made by searchd key; requests without a key get 401. "+
			"The file is read again when it changes and on SIGHUP")
	flags.IntVar(&cfg.connections, "connections", defaultConnections,
		"open connections of one address; more are closed, but not those of --trusted-proxies. 0 means no limit")
	flags.Float64Var(&cfg.rate, "rate", 0,
		"requests per second of one address; more get 429. 0 means no limit")
	flags.IntVar(&cfg.burst, "burst", 0,
		"requests of one address at once; 0 means as many as --rate allows in a second")
	flags.StringSliceVar(&cfg.origins, "cors-origin", nil,
		"sites whose pages may call the API, such as https://example.org; * for all")
	flags.IntVar(&cfg.concurrency, "concurrency", runtime.GOMAXPROCS(0),
		"requests that run in the engine at once; more wait")
	cli.DescribeDefault(flags, "concurrency", "the number of processors")
	flags.IntVar(&cfg.queue, "queue", defaultQueue,
		"requests that may wait for the engine; more get 503")
}

// settings is a valid command line.
type settings struct {
	config
	cacheBytes int64 // 0 for the default
	front      caller.Front
}

// read checks the command line before anything is opened.
func (cfg config) read() (settings, error) {
	set := settings{config: cfg}
	if _, _, err := net.SplitHostPort(cfg.listen); err != nil {
		return set, cli.Usagef("--listen %q: %w (want host:port)", cfg.listen, err)
	}
	if _, _, err := net.SplitHostPort(cfg.admin); err != nil && cfg.admin != "" {
		return set, cli.Usagef("--admin-listen %q: %w (want host:port)", cfg.admin, err)
	}
	if cfg.pprof && cfg.admin == "" {
		return set, cli.Usagef("--pprof has no effect without --admin-listen")
	}
	if cfg.concurrency < 1 {
		return set, cli.Usagef("--concurrency %d: want at least 1", cfg.concurrency)
	}
	if cfg.queue < 0 {
		return set, cli.Usagef("--queue %d: want at least 0", cfg.queue)
	}
	if cfg.cache != "" {
		size, err := humanize.ParseBytes(cfg.cache)
		if err != nil || size == 0 || size > math.MaxInt64 {
			return set, cli.Usagef("--cache %q: want a size such as 256MiB or 2GB", cfg.cache)
		}
		set.cacheBytes = int64(size)
	}
	for _, text := range cfg.trusted {
		p, err := readNetwork(text)
		if err != nil {
			return set, cli.Usagef("--trusted-proxies %q: want an address or a network, such as 127.0.0.1 or 10.0.0.0/8", text)
		}
		set.front.Proxies = append(set.front.Proxies, p)
	}
	if err := errors.Join(set.cluster.Check(), set.readNames()); err != nil {
		return set, err
	}
	return set, cfg.checkAccess()
}

// checkAccess checks the flags for access control.
func (cfg config) checkAccess() error {
	if !(cfg.rate >= 0 && cfg.rate <= access.MaxRate) {
		return cli.Usagef("--rate %g: want requests per second, 0 to %d", cfg.rate, int(access.MaxRate))
	}
	if cfg.connections < 0 {
		return cli.Usagef("--connections %d: want at least 0", cfg.connections)
	}
	if cfg.burst < 0 || cfg.burst > access.MaxRate {
		return cli.Usagef("--burst %d: want a number of requests, 0 to %d", cfg.burst, int(access.MaxRate))
	}
	if cfg.burst > 0 && cfg.rate == 0 {
		return cli.Usagef("--burst %d has no effect without --rate", cfg.burst)
	}
	for _, origin := range cfg.origins {
		u, err := url.Parse(origin)
		if origin != "*" && (err != nil || u.Host == "" || u.Scheme+"://"+u.Host != origin) {
			return cli.Usagef("--cors-origin %q: want a scheme and a host, such as https://example.org, or *", origin)
		}
	}
	return nil
}

// readNetwork reads a network; a single address is a network of its own.
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
