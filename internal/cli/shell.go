package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"
)

// shells are those for which there is a script that completes commands and flags.
var shells = []string{"bash", "zsh", "fish"}

// newCompletion returns the command that prints such a script for a program.
func newCompletion(program string) *cobra.Command {
	return &cobra.Command{
		Use:   "completion " + strings.Join(shells, "|"),
		Short: "Print a script that completes commands and flags in a shell",
		Example: "  source <(" + program + " completion bash)\n  " +
			program + " completion fish > ~/.config/fish/completions/" + program + ".fish",
		ValidArgs: shells,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		RunE: func(cmd *cobra.Command, args []string) error {
			root, out := cmd.Root(), cmd.OutOrStdout()
			switch args[0] {
			case "zsh":
				return root.GenZshCompletion(out)
			case "fish":
				return root.GenFishCompletion(out, true)
			}
			return root.GenBashCompletionV2(out, true)
		},
	}
}

// machineDefault is the annotation of flags whose default is not the same on all machines.
const machineDefault = "machine-default"

// DescribeDefault says what the default of a flag is that is not the same on all machines. Manual
// pages have that instead, so that they are the same wherever they are made.
func DescribeDefault(flags *pflag.FlagSet, name, words string) {
	if err := flags.SetAnnotation(name, machineDefault, []string{words}); err != nil {
		panic("cli: " + err.Error()) // there is no such flag
	}
}

// describeDefaults applies DescribeDefault to the help of a command.
func describeDefaults(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if words := f.Annotations[machineDefault]; len(words) > 0 {
			f.DefValue = words[0]
		}
	})
	for _, sub := range cmd.Commands() {
		describeDefaults(sub)
	}
}

// newManual returns the command that writes the manual pages of a program and its commands. It is
// for those who make packages, so the help doesn't list it.
func newManual() *cobra.Command {
	return &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write manual pages of this program and its commands to a folder",
		Long: "Write manual pages of this program and its commands to a folder.\n" +
			"Their date is that of SOURCE_DATE_EPOCH, by default today.",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true
			describeDefaults(root)
			header := &doc.GenManHeader{Section: "1", Source: "Xunwen " + Version(), Manual: "Xunwen 寻闻"}
			if err := doc.GenManTree(root, header, args[0]); err != nil {
				return fmt.Errorf("manual pages: %w", err)
			}
			return nil
		},
	}
}

// addShellCommands adds the commands that are the same for all programs.
func addShellCommands(root *cobra.Command) {
	root.AddCommand(newCompletion(root.Name()), newManual())
}
