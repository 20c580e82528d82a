package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/source"
)

// Defaults of build's flags.
const (
	defaultKeep   = 2        // the generation that is served and the one before it
	defaultMemory = "1500MB" // leaves a machine of 2 GB some for everything else
)

type buildFlags struct {
	inputFlags
	out, userDict, memory, report string
	keep                          int
	append, strict, json          bool
}

func newBuild(std *streams) *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "build --out FOLDER PATH...",
		Short: "Build an index of newspapers and publish it",
		Long: "build reads newspapers, builds a new generation of the index in the folder --out and publishes it;\n" +
			"a running searchd takes it up. Until then, and whenever build fails, the old one is served.\n\n" + pathHelp,
		Args: atLeastOne("PATH"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			return build(cmd.Context(), std, &f, paths)
		},
	}
	f.register(cmd.Flags())
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "folder of the index, e.g. indexes/news")
	flags.BoolVar(&f.append, "append", false, "begin with the articles that are published now")
	flags.BoolVar(&f.strict, "strict", false, "publish nothing where any input is rejected")
	flags.IntVar(&f.keep, "keep", defaultKeep, "generations to keep, the new one included")
	flags.StringVar(&f.report, "report", "", "file for the rejects and the summary, as JSON Lines")
	flags.BoolVar(&f.json, "json", false, "print the summary as JSON")
	flags.StringVar(&f.userDict, "user-dict", "", "file of words that jieba should know")
	flags.StringVar(&f.memory, "memory", defaultMemory, "memory to stay within, e.g. 1500MB or 2GiB")
	return cmd
}

func build(ctx context.Context, std *streams, f *buildFlags, paths []string) error {
	if err := required("out", f.out); err != nil {
		return err
	}
	if f.keep < 1 {
		return usagef("--keep %d: at least the new generation is kept", f.keep)
	}
	memory, err := humanize.ParseBytes(f.memory)
	if err != nil || memory == 0 || memory > math.MaxInt64 {
		return usagef("--memory %q: want a size such as 1500MB or 2GiB", f.memory)
	}
	opts, err := f.options(std)
	if err != nil {
		return err
	}
	inputs, err := source.Expand(paths)
	if err != nil {
		return err
	}
	report, err := newReport(f.report)
	if err != nil {
		return err
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(int64(memory)))

	show := newProgress(std.err, std.log)
	rejected := 0
	summary, err := index.Build(ctx, index.BuildOptions{
		Out: f.out, UserDict: f.userDict, Keep: f.keep, Append: f.append,
		Progress: show.update, Log: std.log,
	}, func(ctx context.Context, emit func(*news.Article) error) error {
		err := source.Read(ctx, inputs, opts, emit, func(r source.Reject) {
			rejected++
			show.line(r.String())
			report.reject(r)
		})
		if err == nil && f.strict && rejected > 0 {
			return fmt.Errorf("%s rejected, and --strict publishes nothing then", count(rejected, "input"))
		}
		return err
	})
	show.done()
	if errors.Is(err, index.ErrEmpty) {
		err = fmt.Errorf("%w (%s rejected)", err, count(rejected, "input"))
	}
	if err != nil {
		return errors.Join(err, report.close())
	}
	result := newResult(summary, rejected)
	report.add(result)
	return errors.Join(result.print(std.out, f.json), report.close())
}
