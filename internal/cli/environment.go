package cli

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// envPrefix is the prefix of all variables that set flags.
const envPrefix = "XUNWEN_"

// EnvName returns the variable that sets a flag: XUNWEN_LOG_FORMAT for log-format.
func EnvName(flag string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// fromEnvironment sets the flags that are not on the command line. It ignores
// empty variables.
func fromEnvironment(cmd *cobra.Command) error {
	var failed error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || failed != nil || f.Name == "help" || f.Name == "version" {
			return
		}
		value := os.Getenv(EnvName(f.Name))
		if value == "" {
			return
		}
		if err := cmd.Flags().Set(f.Name, value); err != nil {
			failed = Usagef("%s=%q: %s", EnvName(f.Name), value, wanted(err))
		}
	})
	return failed
}
