package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"

	"xunwen/internal/cli"
)

// grace is how long a command may take to end after a signal. It looks for one after each article,
// page and block of a list; if that takes longer, on a slow disk say, the process ends as if it was
// killed: what a build left is deleted by the next one.
const grace = 4 * time.Second

var program = cli.Program{Name: "indexer", Run: run, SaveMemory: saveMemory, Grace: grace, Action: action}

// streams are the standard streams of the process, or those of a test.
type streams struct {
	in       io.Reader
	out, err io.Writer

	logFormat    string
	json         bool     // the results
	logsJSON     bool     // everything on err
	args         []string // the command line
	dictionaries fs.FS    // of new indexes; nil for the program's own
}

// log returns the log that the flags ask for.
func (s *streams) log() (*slog.Logger, error) { return cli.Logger(s.err, s.args, s.logFormat) }

// run is the program without its process.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	return runWith(ctx, nil, args, stdin, stdout, stderr)
}

// runWith is run with other dictionaries than the program's own, for tests.
func runWith(ctx context.Context, dictionaries fs.FS, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	out := &countingWriter{w: stdout}
	std := &streams{
		in: stdin, out: out, err: stderr, dictionaries: dictionaries, logsJSON: cli.LogsJSON(args), args: args,
	}
	root := &cobra.Command{
		Use:   "indexer",
		Short: "Read newspapers and build the index that searchd serves",
		Long: "Read newspapers (pages as text or PDF, web pages, article records as JSON Lines) and build the index\n" +
			"that searchd serves.\nEvery flag may also be set as XUNWEN_NAME, such as XUNWEN_OUT.\n" +
			"Exit codes: 0 done, 1 failed, 2 wrong usage.",
		Version: cli.Version(),
	}
	root.PersistentFlags().StringVar(&std.logFormat, "log-format", "text", cli.LogFormats)
	root.PersistentFlags().BoolVar(&std.json, "json", false, cli.JSONHelp)
	root.AddCommand(
		newParse(std), newBuild(std), newRemove(std),
		newVerify(std), newList(std), newRollback(std), newPrune(std), newPublish(std),
		newBatch(std), newEval(std), newExplain(std), newAnalyze(std),
	)
	cli.Prepare(root, args, stdin, out, stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return nil
	}
	if errors.Is(err, context.Canceled) && !isPublishedInFolder(err) {
		err = interrupted(cmd, err)
	}
	return errors.Join(err, printFailure(out, cmd, args, err))
}

// publishes is the annotation of commands that publish a generation.
const publishes = "publishes"

// errInterrupted means that a signal ended a command, and errNothingPublished that it was one
// that publishes.
var (
	errInterrupted      = errors.New("interrupted")
	errNothingPublished = errors.New("interrupted; nothing was published")
)

// interrupted returns the error of a command that SIGINT or SIGTERM ended with err. What
// the command was doing at that moment would read like a fault. Nothing was published: a
// build and a removal ignore signals from the moment at which they publish in the folder. An error
// after that, while they publish in a cluster, says so itself.
func interrupted(cmd *cobra.Command, err error) error {
	out := errInterrupted
	if _, ok := cmd.Annotations[publishes]; ok {
		out = errNothingPublished
	}
	var b *buildError
	if errors.As(err, &b) {
		return &buildError{out, b.rejected}
	}
	return out
}

// atLeastOne makes a missing argument a usage error.
func atLeastOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return fmt.Errorf("%s is missing; see %s --help", what, cmd.CommandPath())
		}
		return nil
	}
}

// atMostOne makes a second argument a usage error.
func atMostOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return fmt.Errorf("want one %s; see %s --help", what, cmd.CommandPath())
		}
		return nil
	}
}

// exists makes a flag that names a missing file a usage error, as an argument is. A flag
// that is not given names none.
func exists(flag, path string) error {
	if path == "" {
		return nil
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return cli.Usagef("--%s %s: no such file", flag, path)
	}
	return nil
}

// required makes a missing flag a usage error. It must run after the flags have
// been read from the environment.
func required(flag, value string) error {
	if value == "" {
		return cli.Usagef("--%s is missing (or %s in the environment)", flag, cli.EnvName(flag))
	}
	return nil
}
