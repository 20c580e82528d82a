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

	"xunwen/internal/cli"
	"xunwen/internal/index"
	"xunwen/internal/limit"
	"xunwen/internal/metrics"
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
	cfg.flags(cmd.Flags())
	cmd.AddCommand(newKeyCommand())
	cli.Prepare(cmd, args, stdin, stdout, stderr)
	return cmd.ExecuteContext(ctx)
}

// serve takes up the index and the addresses, and lets go of all when ctx ends:
// first no new requests, then those under way, then the index.
func serve(ctx context.Context, cfg config, log *slog.Logger, stdout io.Writer) (err error) {
	set, err := cfg.read()
	if err != nil {
		return err
	}
	hangUp, release := onHangUp()
	defer release()
	keys, err := openKeys(set, log)
	if err != nil {
		return err
	}
	public, admin, err := openDoors(set, keys != nil, log)
	if err != nil {
		return err
	}
	defer public.Close() // a second time where the server has; where it never began, the only one
	if admin != nil {
		defer admin.Close()
	}
	live := index.OpenLive(ctx, set.index, index.LiveOptions{Log: log, Cache: set.cacheBytes})
	defer func() { err = errors.Join(err, live.Close()) }()

	if ctx.Err() != nil {
		return nil // told to stop before all of it was read
	}
	if live.Generation() == "" {
		log.Warn("there is no index to serve yet; it is taken up as soon as there is one", "index", set.index)
	}
	announce(stdout, public, admin)

	numbers := metrics.New(cli.Version())
	limited := limit.New(live, set.running, set.waiting)
	numbers.WatchQueue(limited.Use)
	numbers.WatchIndex(live.Status, time.Now)
	handler := server.New(numbers.Engine(limited), server.Options{Log: log, Version: cli.Version(),
		Measure: numbers.RequestBegins, TrustedProxies: set.proxies, Keys: keys, Addresses: set.addresses(), Origins: set.origins})
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return followKeys(ctx, keys, hangUp) })
	group.Go(func() error { return live.Run(ctx) })
	group.Go(func() error {
		<-ctx.Done()
		log.Info("stopping")
		return nil
	})
	serveUntil(ctx, group, newServer(handler, log), public, log)
	if admin != nil {
		serveUntil(ctx, group, newAdmin(numbers, log), admin, log)
	}
	return group.Wait()
}

// serveUntil has a group serve, and drain when ctx ends.
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

// drain waits for the requests under way, but not for ever.
func drain(srv *http.Server, log *slog.Logger) error {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	if err := srv.Shutdown(ctx); err != nil {
		log.Warn("requests were cut off", "after", drainTime, "error", err)
		return srv.Close()
	}
	return nil
}
