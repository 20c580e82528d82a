package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// version is set by the linker (make build); "" otherwise.
var version string

// envPrefix begins the environment variable of every flag: --user-dict is also
// XUNWEN_USER_DICT.
const envPrefix = "XUNWEN_"

// streams are the process's own, or a test's.
type streams struct {
	in       io.Reader
	out, err io.Writer
	log      *slog.Logger
}

func newRoot(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	std := &streams{in: stdin, out: stdout, err: stderr}
	var logFormat string
	root := &cobra.Command{
		Use:   "indexer",
		Short: "Read newspapers and build the index that searchd serves",
		Long: "indexer reads newspapers (pages as text, article records as JSON Lines) and builds\n" +
			"the index that searchd serves.\n\nEvery flag can also be given in the environment: --user-dict as XUNWEN_USER_DICT.\n" +
			"Exit codes: 0 done, 1 failed, 2 wrong usage.",
		Version:           versionText(),
		SilenceErrors:     true, // main reports them
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		Args:              cobra.ArbitraryArgs, // so that RunE names the unknown command
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("a command is missing: %s (see indexer --help)", commandNames(cmd))
			}
			return usagef("unknown command %q: want %s (see indexer --help)", args[0], commandNames(cmd))
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := fromEnvironment(cmd.Flags()); err != nil {
				return err
			}
			var err error
			std.log, err = newLogger(logFormat, stderr)
			return err
		},
	}
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%v (see %s --help)", err, cmd.CommandPath())
	})
	root.PersistentFlags().StringVar(&logFormat, "log-format", "text", "form of the log on stderr: text or json")
	root.AddCommand(newParse(std), newBuild(std), newVerify(std), newList(std), newAnalyze(std))
	return root
}

func commandNames(root *cobra.Command) string {
	var names []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return strings.Join(names, ", ")
}

// fromEnvironment sets every flag that the command line didn't from its
// variable. An empty variable counts as absent.
func fromEnvironment(flags *pflag.FlagSet) error {
	var first error
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" || f.Name == "version" || first != nil {
			return
		}
		name := envPrefix + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value := os.Getenv(name); value != "" {
			if err := flags.Set(f.Name, value); err != nil {
				first = usagef("%s=%s: %v", name, value, err)
			}
		}
	})
	return first
}

func newLogger(format string, w io.Writer) (*slog.Logger, error) {
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, nil)), nil
	}
	return nil, usagef("--log-format %q: want text or json", format)
}

// atLeastOne makes a missing argument wrong usage.
func atLeastOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usagef("%s is missing (see %s --help)", what, cmd.CommandPath())
		}
		return nil
	}
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no argument, found %q (see %s --help)", cmd.Name(), args[0], cmd.CommandPath())
	}
	return nil
}

// required makes a missing flag wrong usage; it runs after the environment was
// looked at.
func required(name, value string) error {
	if value == "" {
		return usagef("--%s is missing (or %s%s in the environment)", name, envPrefix, strings.ToUpper(name))
	}
	return nil
}

func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return fmt.Sprintf("%s (%s)", info.Main.Version, info.GoVersion)
	}
	return "unknown"
}
