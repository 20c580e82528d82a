package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes of both commands.
const (
	ExitDone   = 0
	ExitFailed = 1
	ExitUsage  = 2 // the command line was wrong and nothing was done
)

// UsageError is a command line that can't be followed.
type UsageError struct{ Err error }

func (e *UsageError) Error() string { return e.Err.Error() }
func (e *UsageError) Unwrap() error { return e.Err }

// Usagef returns a UsageError with a message.
func Usagef(format string, args ...any) error {
	return &UsageError{fmt.Errorf(format, args...)}
}

// ExitCode is the code that a command's error means.
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

// Main runs a command until it ends or is told to stop (SIGINT, SIGTERM), says
// on stderr why it failed and returns its exit code. A second signal kills.
func Main(name string, run func(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
	}
	return ExitCode(err)
}

// Prepare gives a command, with all of its subcommands, the conventions of this
// project: every flag may come from the environment, a wrong command line is a
// UsageError, and errors are printed once, by Main.
func Prepare(root *cobra.Command, args []string, stdin io.Reader, stdout, stderr io.Writer) {
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SilenceErrors = true
	root.SilenceUsage = true
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &UsageError{err} })
	prepareTree(root)
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

// noSuchCommand runs where only subcommands can.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return Usagef("say what to do; %s --help lists the commands", cmd.CommandPath())
	}
	return Usagef("no such command: %s; %s --help lists them", args[0], cmd.CommandPath())
}
