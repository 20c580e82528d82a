package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"runtime"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"xunwen/internal/cli"
	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/limit"
	"xunwen/internal/server"
)

// Bounds of a connection. Requests are a line and a few headers, and answers
// are computed in milliseconds: who takes longer is broken or unkind.
const (
	headerTime  = 5 * time.Second
	readTime    = 10 * time.Second
	writeTime   = 30 * time.Second // the engine's time and a slow line
	idleTime    = 2 * time.Minute
	headerBytes = 16 << 10
	drainTime   = 10 * time.Second // for requests under way when told to stop
)

// defaultQueue is how many questions wait: at a few milliseconds each on four
// cores the last of them has its answer within a second.
const defaultQueue = 256

type config struct {
	index     string
	listen    string
	cache     string
	running   int
	waiting   int
	logFormat string
}

// run serves until ctx ends.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	var cfg config
	cmd := &cobra.Command{
		Use:     "searchd",
		Short:   "Serve a published index: search pages and a JSON API",
		Long:    "Serve a published index: search pages and a JSON API.\nEvery flag may also be set as XUNWEN_NAME, such as XUNWEN_LISTEN.",
		Version: cli.Version(),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			log, err := cli.NewLog(stderr, cfg.logFormat)
			if err != nil {
				return err
			}
			return serve(cmd.Context(), cfg, log, stdout)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&cfg.index, "index", "indexes/news", "folder of the index")
	flags.StringVar(&cfg.listen, "listen", "127.0.0.1:8080", "address to serve; port 0 takes a free one")
	flags.StringVar(&cfg.cache, "cache", humanize.IBytes(engine.DefaultCache), "memory for parts of the index that are kept unpacked, e.g. 1GiB")
	flags.IntVar(&cfg.running, "concurrency", runtime.GOMAXPROCS(0), "questions computed at once; further ones wait")
	flags.IntVar(&cfg.waiting, "queue", defaultQueue, "questions that may wait; further ones are answered 503")
	flags.StringVar(&cfg.logFormat, "log-format", "text", cli.LogFormats)
	cli.Prepare(cmd, args, stdin, stdout, stderr)
	return cmd.ExecuteContext(ctx)
}

// serve takes up the index and the address, and lets go of both when ctx ends:
// first no new requests, then those under way, then the index.
func serve(ctx context.Context, cfg config, log *slog.Logger, stdout io.Writer) (err error) {
	if _, _, err := net.SplitHostPort(cfg.listen); err != nil {
		return cli.Usagef("--listen %q: %w (want host:port)", cfg.listen, err)
	}
	if cfg.running < 1 {
		return cli.Usagef("--concurrency %d: want 1 at least", cfg.running)
	}
	if cfg.waiting < 0 {
		return cli.Usagef("--queue %d: want 0 at least", cfg.waiting)
	}
	cache, err := humanize.ParseBytes(cfg.cache)
	if err != nil || cache == 0 || cache > math.MaxInt64 {
		return cli.Usagef("--cache %q: want a size such as 256MiB or 2GB", cfg.cache)
	}
	listener, err := net.Listen("tcp", cfg.listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w: stop what serves there or choose another address", cfg.listen, err)
	}
	defer listener.Close() // a second time where the server has; where it never began, the only one
	live := index.OpenLive(cfg.index, index.LiveOptions{Log: log, Cache: int64(cache)})
	defer func() { err = errors.Join(err, live.Close()) }()

	if live.Generation() == "" {
		log.Warn("there is no index to serve yet; it is taken up as soon as there is one", "index", cfg.index)
	}
	fmt.Fprintf(stdout, "serving http://%s\n", listener.Addr())

	group, ctx := errgroup.WithContext(ctx)
	engine := limit.New(live, cfg.running, cfg.waiting)
	srv := newServer(server.New(engine, server.Options{Log: log, Version: cli.Version()}), log)
	group.Go(func() error { return live.Run(ctx) })
	group.Go(func() error {
		if err := srv.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve %s: %w", listener.Addr(), err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		return drain(srv, log)
	})
	return group.Wait()
}

func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// drain waits for the requests under way, but not for ever.
func drain(srv *http.Server, log *slog.Logger) error {
	log.Info("stopping")
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	if err := srv.Shutdown(ctx); err != nil {
		log.Warn("requests were cut off", "after", drainTime, "error", err)
		return srv.Close()
	}
	return nil
}
