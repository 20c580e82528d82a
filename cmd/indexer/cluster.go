package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"xunwen/internal/build"
	"xunwen/internal/cli"
	"xunwen/internal/cli/cluster"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/publication"
)

// clusterFlags are the flags of commands that publish to a cluster, too.
type clusterFlags struct {
	cluster.Flags
	shards, replicas int
	given            func(flag string) bool
}

// register adds the flags.
func (f *clusterFlags) register(flags *pflag.FlagSet) {
	f.Register(flags)
	f.given = flags.Changed
	flags.IntVar(&f.shards, "shards", 1, "parts of the index in the cluster, one for each 30 GB or so")
	flags.IntVar(&f.replicas, "replicas", 0, "copies of each part, on other nodes, that answer when a node is lost")
}

// check checks the flags.
func (f *clusterFlags) check() error {
	switch {
	case f.shards < 1:
		return cli.Usagef("--shards %d: want at least 1", f.shards)
	case f.replicas < 0:
		return cli.Usagef("--replicas %d: want 0 or more", f.replicas)
	}
	return f.Check()
}

// do calls a function with a client of the cluster.
func (f *clusterFlags) do(std *streams, call func(*client.Client) error) error {
	log, err := std.log()
	if err != nil {
		return err
	}
	c, err := f.Connect(log)
	if err != nil {
		return err
	}
	return errors.Join(call(c), c.Close())
}

// reach checks that what a command will make can be published in the cluster, if there is one.
func (f *clusterFlags) reach(ctx context.Context, std *streams) error {
	if !f.IsRemote() {
		return nil
	}
	err := f.do(std, func(c *client.Client) error { return publication.Check(ctx, c, f.Name) })
	if err != nil {
		return fmt.Errorf("nothing was done: %w", err)
	}
	return nil
}

// publish publishes the current generation of the index folder dir in the cluster, if there is one, and
// deletes what is more than keep generations there; 0 deletes none.
func (f *clusterFlags) publish(ctx context.Context, std *streams, dir string, keep int) error {
	if !f.IsRemote() {
		return nil
	}
	folder := generation.In(dir)
	current, err := folder.Current()
	if err != nil {
		return err
	}
	lacks := &unpublishedError{generation: current.Name, dir: dir, command: f.publishCommand(dir)}
	return f.do(std, func(c *client.Client) error {
		if lacks.err = f.publishTo(ctx, std, c, folder, current); lacks.err != nil {
			return lacks
		}
		if keep == 0 {
			return nil
		}
		if _, err := publication.Prune(ctx, c, f.Name, keep); err != nil {
			return &leftoverError{current.Name, err}
		}
		return nil
	})
}

// publishCommand is the command that publishes the current generation of an index folder.
func (f *clusterFlags) publishCommand(dir string) string {
	command := fmt.Sprintf("indexer publish --index %s --engine %s --url %s --name %s --shards %d --replicas %d",
		dir, f.Engine, strings.Join(f.URLs, ","), f.Name, f.shards, f.replicas)
	if f.CACert != "" {
		command += " --ca-cert " + f.CACert
	}
	return command
}

// unpublishedError is the error of a command whose generation is in the folder, but not in the cluster.
type unpublishedError struct {
	generation, dir, command string
	err                      error
}

func (e *unpublishedError) Error() string {
	if errors.Is(e.err, context.Canceled) { // what it was doing would read like a fault
		return fmt.Sprintf("interrupted: %s is in %s, but not published in the cluster; %s goes on from here",
			e.generation, e.dir, e.command)
	}
	return fmt.Sprintf("%s is in %s, but not published in the cluster: %v; %s goes on from here",
		e.generation, e.dir, e.err, e.command)
}

func (e *unpublishedError) Unwrap() error { return e.err }

// leftoverError is the error of a command that published a generation, but did not delete earlier ones.
type leftoverError struct {
	generation string
	err        error
}

func (e *leftoverError) Error() string {
	if errors.Is(e.err, context.Canceled) {
		return fmt.Sprintf("interrupted: %s is published in the cluster, which still has earlier generations", e.generation)
	}
	return fmt.Sprintf("%s is published in the cluster, but not all earlier generations could be deleted: %v",
		e.generation, e.err)
}

func (e *leftoverError) Unwrap() error { return e.err }

// isPublishedInFolder reports whether a command ended with an error after the folder had published its generation,
// and the error says so.
func isPublishedInFolder(err error) bool {
	var lacks *unpublishedError
	var left *leftoverError
	return errors.As(err, &lacks) || errors.As(err, &left)
}

// publishBuilt is publish for the generation that a command made, and adds to its summary how long that took.
func (f *clusterFlags) publishBuilt(ctx context.Context, std *streams, dir string, keep int, r *result) error {
	if !f.IsRemote() {
		return nil
	}
	began := time.Now()
	defer func() { r.PublishSeconds = time.Since(began).Seconds() }()
	return f.publish(ctx, std, dir, keep)
}

func (f *clusterFlags) publishTo(
	ctx context.Context, std *streams, c *client.Client, folder generation.Folder, current generation.Current,
) error {
	g, err := index.Open(ctx, folder, current, nil, index.Options{CheckAll: true})
	if err != nil {
		return err
	}
	log, err := std.log()
	if err != nil {
		return errors.Join(err, g.Close())
	}
	show := std.progress(log)
	var sent *publication.Sent // nil if the cluster has the generation
	shape := layout.Shape{Shards: f.shards, Replicas: f.replicas}
	err = publication.Publish(ctx, c, g, publication.Publishing{
		Name:     f.Name,
		Shape:    shape,
		Progress: func(done, total int) { show.update(build.Progress{Phase: "publish", Done: done, Total: total}) },
		Reject: func(r publication.Reject) {
			show.report(refusedNotice(r))
		},
		Sent: func(s publication.Sent) { sent = &s },
		Kept: func(is layout.Shape) {
			if is != shape && (f.given("shards") || f.given("replicas")) {
				log.Warn("the index is in the cluster already, and keeps its shards and replicas",
					"shards", is.Shards, "replicas", is.Replicas)
			}
		},
		Log: log,
	})
	show.done()
	switch {
	case err != nil:
	case sent == nil:
		log.Info("published; the cluster had all of it", "generation", current.Name)
	default:
		log.Info("published", "generation", current.Name,
			"documents", sent.Roots, "bytes", sent.Bytes, "clone", sent.Cloned)
	}
	return errors.Join(err, g.Close())
}

// newPublish makes `indexer publish`.
func newPublish(std *streams) *cobra.Command {
	var f indexFlags
	var in clusterFlags
	var keep int
	cmd := &cobra.Command{
		Use:   "publish --index FOLDER --engine opensearch --url URL",
		Short: "Publish the current generation of an index folder in a cluster",
		Long: "publish copies the current generation of an index folder into an OpenSearch cluster, counts what it has\n" +
			"there, and makes it the one that is served. If it is there already, it is served again.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := in.check(); err != nil {
				return err
			}
			if !in.IsRemote() {
				return cli.Usagef("publish needs --engine %s: other indexes are published when they are built", cluster.OpenSearch)
			}
			err := in.publish(cmd.Context(), std, f.dir, keep)
			switch {
			case errors.Is(err, context.Canceled):
				return context.Canceled // the same command goes on from there
			case err != nil:
				return indexError(f.dir, err)
			}
			return printPublished(std, f.dir)
		},
	}
	f.register(cmd)
	in.register(cmd.Flags())
	cmd.Flags().IntVar(&keep, "keep", 0, "generations to keep in the cluster, the new one included; 0 keeps all")
	return cmd
}

// printPublished prints the published generation if the output is JSON.
func printPublished(std *streams, dir string) error {
	if !std.json {
		return nil
	}
	now, err := generation.In(dir).Current()
	if err != nil {
		return err
	}
	return printCurrent(std, now)
}
