package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"xunwen/internal/memlimit"
)

// Exit codes of both commands.
const (
	ExitDone   = 0
	ExitFailed = 1
	ExitUsage  = 2 // the command line is wrong; nothing was done
)

// UsageError reports a wrong command line.
type UsageError struct{ Err error }

func (e *UsageError) Error() string { return e.Err.Error() }
func (e *UsageError) Unwrap() error { return e.Err }

// Usagef returns a UsageError with a message.
func Usagef(format string, args ...any) error {
	return &UsageError{fmt.Errorf(format, args...)}
}

// ExitCode returns the exit code for the error of a command.
func ExitCode(err error) int {
	var usage *UsageError
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &usage):
		return ExitUsage
	}
	return ExitFailed
}

// Run is the main function of a command.
type Run func(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error

// Program is a command as a process.
type Program struct {
	Name       string
	Run        Run
	SaveMemory string // how to have it use less memory, as the end of a sentence

	// Action returns what to do about an error, "" if that is unknown.
	Action func(error) string

	// Grace is how long it may take to end after a signal; then the process ends without it. 0
	// is for programs that end in time by themselves.
	Grace time.Duration
}

// Main runs a program until it ends or SIGINT or SIGTERM stops it, prints its
// error on stderr and returns its exit code. A second signal kills the process.
// Where the system limits memory, the program runs in a child process.
func Main(p Program) int {
	limit := memlimit.Of()
	if code, done := supervise(p, limit); done {
		return code
	}
	err := becomeChild(p.Name)
	if err == nil {
		err = runUntilStopped(p)
	}
	if errors.Is(err, syscall.ENOMEM) && limit.Exists() {
		err = fmt.Errorf("%w: %w", err, lackOfMemory(limit, p))
	}
	if err != nil {
		PrintError(os.Stderr, p, os.Args[1:], err)
	}
	return ExitCode(err)
}

// errCutShort ends a program that took longer than its grace.
var errCutShort = errors.New("interrupted, before it could clean up")

func runUntilStopped(p Program) error {
	ctx, stop := stopped()
	defer stop()
	context.AfterFunc(ctx, func() {
		stop()
		if p.Grace > 0 {
			time.AfterFunc(p.Grace, func() {
				PrintError(os.Stderr, p, os.Args[1:], errCutShort)
				os.Exit(ExitFailed)
			})
		}
	})
	return p.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

// Prepare applies the conventions of this project to a command and all its
// subcommands: environment variables can set every flag, a wrong command line is
// a UsageError, and Main alone prints errors.
func Prepare(root *cobra.Command, args []string, stdin io.Reader, stdout, stderr io.Writer) {
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SilenceErrors = true
	root.SilenceUsage = true
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		var invalid *pflag.InvalidValueError
		if errors.As(err, &invalid) {
			err = fmt.Errorf("--%s %q: %s", invalid.GetFlag().Name, invalid.GetValue(), wanted(err))
		}
		return &UsageError{err}
	})
	addShellCommands(root)
	prepareTree(root)
}

// wanted returns what a flag takes, for the error about an invalid value: users need not
// know the error of strconv.
func wanted(err error) string {
	var invalid *pflag.InvalidValueError
	if !errors.As(err, &invalid) {
		return err.Error()
	}
	kind := invalid.GetFlag().Value.Type()
	switch {
	case errors.Is(invalid, strconv.ErrRange):
		return "the number is out of range"
	case kind == "int" || kind == "int64":
		return "want a whole number"
	case kind == "bool":
		return "want true or false"
	case kind == "duration":
		return "want a time such as 500ms or 2m"
	}
	return invalid.Unwrap().Error()
}

func prepareTree(cmd *cobra.Command) {
	if cmd.HasSubCommands() && !cmd.Runnable() {
		cmd.Args, cmd.RunE = cobra.ArbitraryArgs, noSuchCommand
	}
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return &UsageError{err}
			}
			return nil
		}
	}
	before := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if err := fromEnvironment(cmd); err != nil {
			return err
		}
		if before != nil {
			return before(cmd, args)
		}
		return nil
	}
	for _, sub := range cmd.Commands() {
		prepareTree(sub)
	}
}

// noSuchCommand runs for a command that only has subcommands.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return Usagef("no command given; %s --help lists the commands", cmd.CommandPath())
	}
	return Usagef("unknown command %q; %s --help lists the commands", args[0], cmd.CommandPath())
}
