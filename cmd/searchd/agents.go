package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"runtime"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"xunwen/internal/cli"
	"xunwen/internal/limit"
	"xunwen/internal/mcp"
)

// newAgentsCommand makes `searchd mcp`.
func newAgentsCommand(args []string) *cobra.Command {
	cfg := config{listen: "127.0.0.1:0", concurrency: runtime.GOMAXPROCS(0), queue: defaultQueue}
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Answer one agent on stdin and stdout (Model Context Protocol)",
		Long: "Answer one agent on stdin and stdout by the Model Context Protocol, until stdin is closed.\n" +
			"Nothing listens on the network. A server offers the same tools at /mcp, by HTTP.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			log, err := cli.Logger(cmd.ErrOrStderr(), args, cfg.logFormat)
			if err != nil {
				return err
			}
			return serveAgent(cmd.Context(), cfg, log, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	cfg.indexFlags(cmd.Flags())
	cmd.Flags().StringVar(&cfg.publicURL, "public-url", "",
		"`address` of a server of the same index, such as https://news.example.org, for links to its pages (default no links)")
	return cmd
}

// serveAgent opens the index and answers on the streams until in ends or ctx does.
func serveAgent(ctx context.Context, cfg config, log *slog.Logger, in io.Reader, out io.Writer) (err error) {
	set, err := cfg.read()
	if err != nil {
		return err
	}
	boundGarbage()
	engine, name, err := openIndex(ctx, set, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	if engine.Generation() == "" && ctx.Err() == nil {
		log.Warn("no index is served yet; it is loaded as soon as there is one that can be read", "index", name)
	}
	opts := mcp.Options{Log: log, Now: time.Now, Version: cli.Version()}
	if set.front.Public != nil {
		opts.Base = set.front.Public.String()
	}
	tools := mcp.New(limit.New(engine, set.concurrency, set.queue), opts)
	ctx, stop := context.WithCancel(ctx)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return engine.Run(ctx) })
	group.Go(func() error {
		defer stop()
		return tools.Run(ctx, closer(in), out)
	})
	return group.Wait()
}

// closer returns a stream that can be closed.
func closer(in io.Reader) io.ReadCloser {
	if c, ok := in.(io.ReadCloser); ok {
		return c
	}
	return io.NopCloser(in)
}
