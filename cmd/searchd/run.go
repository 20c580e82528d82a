package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"xunwen/internal/access"
	"xunwen/internal/cli"
	"xunwen/internal/limit"
	"xunwen/internal/metrics"
	"xunwen/internal/server"
	"xunwen/internal/server/caller"
)

// Bounds of a connection. A request is a line and a few headers, and most responses
// take milliseconds: a client that needs longer is broken or hostile.
const (
	headerTime  = 5 * time.Second
	readTime    = 10 * time.Second
	writeTime   = 30 * time.Second // the time of the engine, and a slow line
	idleTime    = 2 * time.Minute
	headerBytes = 16 << 10
	drainTime   = 10 * time.Second // for requests in flight when the server stops
)

// run serves until ctx ends.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	var cfg config
	cmd := &cobra.Command{
		Use:   "searchd",
		Short: "Serve a published index: search pages and a JSON API",
		Long: "Serve a published index: search pages and a JSON API.\n" +
			"Every flag can also be set in the environment as XUNWEN_NAME, such as XUNWEN_LISTEN.",
		Version: cli.Version(),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			log, err := cli.Logger(stderr, args, cfg.logFormat)
			if err != nil {
				return err
			}
			return serve(cmd.Context(), cfg, log, stdout)
		},
	}
	cfg.flags(cmd.Flags())
	cmd.PersistentFlags().BoolVar(&cfg.json, "json", false, cli.JSONHelp)
	cmd.AddCommand(newKeyCommand(&cfg.json), newAgentsCommand(args))
	cli.Prepare(cmd, args, stdin, stdout, stderr)
	return cmd.ExecuteContext(ctx)
}

// serve opens the index and the addresses and serves until ctx ends. Then it takes
// no new requests, finishes those in flight and closes the index.
func serve(ctx context.Context, cfg config, log *slog.Logger, stdout io.Writer) (err error) {
	set, err := cfg.read()
	if err != nil {
		return err
	}
	boundGarbage()
	hangUp, release := onHangUp()
	defer release()
	keys, err := openKeys(set, log)
	if err != nil {
		return err
	}
	public, admin, err := openListeners(set, keys != nil, log)
	if err != nil {
		return err
	}
	set.front.Hosts.Local = isLocal(public)
	defer public.Close() // for an error before the server takes it over; closing twice does no harm
	if admin != nil {
		defer admin.Close()
	}
	engine, name, err := openIndex(ctx, set, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()

	if ctx.Err() != nil {
		return nil // stopped while the index was opened
	}
	if engine.Generation() == "" {
		log.Warn("no index is served yet; it is loaded as soon as there is one that can be read", "index", name)
	}
	announce(stdout, public, admin, set.json)

	numbers := metrics.New(cli.Version())
	handler := newHandler(engine, numbers, set, keys, log)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return watchKeys(ctx, keys, hangUp) })
	group.Go(func() error { return engine.Run(ctx) })
	group.Go(func() error {
		<-ctx.Done()
		log.Info("stopping")
		return nil
	})
	serveUntil(ctx, group, newServer(handler, log), set.bounded(public, numbers.RefuseConnection, log), log)
	if admin != nil {
		hosts := caller.Hosts{Names: set.front.Hosts.Names, Local: isLocal(admin)}
		serveUntil(ctx, group, newAdmin(handler, numbers, set.pprof, hosts, log), admin, log)
	}
	return group.Wait()
}

// newHandler returns the pages and the API over an engine, limited and measured.
func newHandler(
	engine servedIndex, numbers *metrics.Metrics, set settings, keys *access.Keys, log *slog.Logger,
) http.Handler {
	limited := limit.New(engine, set.concurrency, set.queue)
	numbers.WatchQueue(func() metrics.Queue { return queueMetrics(limited) })
	numbers.WatchIndex(func() metrics.Index { return indexMetrics(engine) }, time.Now)
	return server.New(numbers.Engine(limited), server.Options{
		Log:        log,
		Version:    cli.Version(),
		Measure:    numbers.RequestBegins,
		LeftOut:    numbers.LeaveOut,
		ExportEnds: numbers.ExportEnds,
		Front:      set.front,
		Keys:       keys,
		Addresses:  set.addresses(),
		Origins:    set.origins,
		Ready:      readiness(engine),
	})
}

// serveUntil serves in a group, and drains when ctx ends.
func serveUntil(ctx context.Context, group *errgroup.Group, srv *http.Server, l net.Listener, log *slog.Logger) {
	group.Go(func() error {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve %s: %w", l.Addr(), err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		return drain(srv, log)
	})
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

// drain waits for the requests in flight, up to drainTime.
func drain(srv *http.Server, log *slog.Logger) error {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	if err := srv.Shutdown(ctx); err != nil {
		log.Warn("requests were aborted", "after", drainTime, "error", err)
		return srv.Close()
	}
	return nil
}
