package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// newTool returns a command with a flag and a subcommand, as ours are.
func newTool(got *string) *cobra.Command {
	var format string
	var keep int
	root := &cobra.Command{Use: "tool", Version: Version()}
	var wait time.Duration
	root.PersistentFlags().DurationVar(&wait, "wait", 0, "time to wait")
	sub := &cobra.Command{Use: "prune", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		*got = format + " " + strings.Repeat("k", keep)
		return nil
	}}
	root.PersistentFlags().StringVar(&format, "log-format", "text", LogFormats)
	sub.Flags().IntVar(&keep, "keep", 2, "generations to keep")
	DescribeDefault(sub.Flags(), "keep", "the usual number")
	root.AddCommand(sub)
	return root
}

func TestFlagsAndExitCodes(t *testing.T) {
	keep := func(value string) map[string]string { return map[string]string{"XUNWEN_KEEP": value} }
	both := map[string]string{"XUNWEN_KEEP": "1", "XUNWEN_LOG_FORMAT": "json"}
	for _, tc := range []struct {
		name string
		env  map[string]string
		args []string
		want string
		code int
	}{
		{name: "defaults", args: []string{"prune"}, want: "text kk"},
		{name: "flags", args: []string{"prune", "--keep", "3", "--log-format=json"}, want: "json kkk"},
		{name: "environment", env: keep("1"), args: []string{"prune", "--log-format=json"}, want: "json k"},
		{name: "two variables", env: both, args: []string{"prune"}, want: "json k"},
		{name: "flag overrides environment", env: keep("1"), args: []string{"prune", "--keep=4"}, want: "text kkkk"},
		{name: "empty variable", env: keep(""), args: []string{"prune"}, want: "text kk"},
		{name: "variable is not a number", env: keep("few"), args: []string{"prune"}, code: ExitUsage},
		{name: "unknown flag", args: []string{"prune", "--kepe=1"}, code: ExitUsage},
		{name: "extra argument", args: []string{"prune", "this"}, code: ExitUsage},
		{name: "unknown command", args: []string{"prone"}, code: ExitUsage},
		{name: "no command", code: ExitUsage},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for k, v := range tc.env {
				t.Setenv(k, v)
			}
			var got string
			root := newTool(&got)
			Prepare(root, append([]string{}, tc.args...), strings.NewReader(""), io.Discard, io.Discard)
			err := root.Execute()
			if code := ExitCode(err); code != tc.code {
				t.Fatalf("exit code %d, want %d (error: %v)", code, tc.code, err)
			}
			if got != tc.want {
				t.Errorf("ran with %q, want %q", got, tc.want)
			}
		})
	}
	if code := ExitCode(errors.New("disk full")); code != ExitFailed {
		t.Errorf("other error: exit code %d, want %d", code, ExitFailed)
	}
}

// TestInvalidValues checks that errors about values say what the flag takes and don't
// name functions of Go, on the command line and in the environment.
func TestInvalidValues(t *testing.T) {
	for _, tc := range []struct{ flag, value, want string }{
		{"keep", "few", "want a whole number"},
		{"keep", "1.5", "want a whole number"},
		{"keep", "99999999999999999999", "the number is out of range"},
		{"wait", "long", "want a time such as 500ms or 2m"},
	} {
		run := func(args ...string) error {
			var got string
			root := newTool(&got)
			Prepare(root, args, strings.NewReader(""), io.Discard, io.Discard)
			return root.Execute()
		}
		err := run("prune", "--"+tc.flag, tc.value)
		want := fmt.Sprintf("--%s %q: %s", tc.flag, tc.value, tc.want)
		if ExitCode(err) != ExitUsage || err.Error() != want {
			t.Errorf("%v, want the usage error %s", err, want)
		}
		t.Run(tc.flag+" "+tc.value, func(t *testing.T) {
			t.Setenv(EnvName(tc.flag), tc.value)
			err := run("prune")
			want := fmt.Sprintf("%s=%q: %s", EnvName(tc.flag), tc.value, tc.want)
			if ExitCode(err) != ExitUsage || err.Error() != want {
				t.Errorf("%v, want the usage error %s", err, want)
			}
		})
	}
}

func TestLogFormats(t *testing.T) {
	for format, prefix := range map[string]string{"text": "time=", "json": "{"} {
		var b bytes.Buffer
		log, err := NewLog(&b, format)
		if err != nil {
			t.Fatal(err)
		}
		log.Info("hello")
		if !strings.HasPrefix(b.String(), prefix) {
			t.Errorf("%s: line %q, want prefix %q", format, b.String(), prefix)
		}
	}
	if _, err := NewLog(io.Discard, "xml"); ExitCode(err) != ExitUsage {
		t.Errorf("unknown format: %v, want a usage error", err)
	}
}
