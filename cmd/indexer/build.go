package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"xunwen/internal/analyzer"
	"xunwen/internal/build"
	"xunwen/internal/cli"
	"xunwen/internal/generation"
	"xunwen/internal/memlimit"
	"xunwen/internal/source"
)

// Defaults of build's flags.
const (
	defaultKeep    = 2        // the generation that is served and the one before it
	defaultReserve = "256MB"  // for logs, and for a server on the same machine
	defaultMemory  = "1500MB" // leaves some of 2 GB to other processes
)

type buildFlags struct {
	inputFlags
	out, userDict, memory, report, reserve string
	synonyms                               []string
	segmenter                              analyzer.Segmenter
	keep                                   int
	append, strict, keepOrder              bool
	cluster                                clusterFlags
}

func newBuild(std *streams) *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "build --out FOLDER PATH...",
		Short: "Build an index of newspapers and publish it",
		Long: "build reads newspapers, builds a new generation of the index in the folder --out and publishes it;\n" +
			"a running searchd swaps it in. Until then, and after a failed build, the old one is served.\n" +
			"With --append, a build that would change nothing publishes nothing and exits with 1.\n\n" + pathHelp,
		Annotations: map[string]string{publishes: ""},
		Args:        atLeastOne("PATH"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			return runBuild(cmd.Context(), std, &f, paths)
		},
	}
	f.register(cmd.Flags())
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "folder of the index, e.g. indexes/news")
	flags.BoolVar(&f.append, "append", false, "keep the articles of the published generation")
	flags.BoolVar(&f.strict, "strict", false, "publish nothing if any input is rejected")
	flags.IntVar(&f.keep, "keep", defaultKeep, "generations to keep, the new one included")
	flags.StringVar(&f.report, "report", "", "write rejects and the summary to this file, as JSON Lines")
	flags.StringVar(&f.userDict, "user-dict", "", "file of words that jieba should know")
	flags.StringSliceVar(&f.synonyms, "synonyms", nil,
		"file of words that match each other: 北大, 北京大学 both ways, 北大 => 北京大学 one way;\n"+
			"or builtin: abbreviations of the news, and words of Taiwan and Hong Kong. Can be repeated")
	flags.TextVar(&f.segmenter, "segmenter", analyzer.Builtin,
		"`implementation` of jieba: builtin, or gojieba, which finds the same words more slowly")
	flags.BoolVar(&f.keepOrder, "keep-order", false,
		"store articles as they are read, not similar ones beside each other: larger and slower, same answers")
	flags.StringVar(&f.memory, "memory", defaultMemory,
		"memory to aim at, e.g. 1500MB or 2GiB; a very long line needs more")
	flags.StringVar(&f.reserve, "reserve", defaultReserve,
		"disk space that must stay free for the index; 0 for no check")
	f.cluster.register(flags)
	return cmd
}

// bounds are what a build may take, in bytes.
type bounds struct{ memory, reserve int64 }

// bounds checks the flags that only build has.
func (f *buildFlags) bounds() (bounds, error) {
	if err := required("out", f.out); err != nil {
		return bounds{}, err
	}
	if info, err := os.Stat(f.out); err == nil && !info.IsDir() {
		return bounds{}, cli.Usagef("--out %s is a file: want a folder", f.out)
	}
	if err := f.cluster.check(); err != nil {
		return bounds{}, err
	}
	if err := exists("user-dict", f.userDict); err != nil {
		return bounds{}, err
	}
	for _, file := range f.synonyms {
		if file == analyzer.BuiltinSynonyms {
			continue
		}
		if err := exists("synonyms", file); err != nil {
			return bounds{}, err
		}
	}
	if f.keep < 1 {
		return bounds{}, cli.Usagef("--keep %d: want at least 1, the new generation", f.keep)
	}
	memory, err := memoryBound(f.memory)
	if err != nil {
		return bounds{}, err
	}
	reserve, err := parseSize("reserve", f.reserve)
	return bounds{memory, reserve}, err
}

func memoryBound(text string) (int64, error) {
	n, err := parseSize("memory", text)
	if err == nil && n == 0 {
		err = cli.Usagef("--memory %q: want a size such as 1500MB or 2GiB", text)
	}
	return n, err
}

func parseSize(flag, text string) (int64, error) {
	n, err := humanize.ParseBytes(text)
	if err != nil || n > math.MaxInt64 {
		return 0, cli.Usagef("--%s %q: want a size such as 1500MB or 2GiB", flag, text)
	}
	return int64(n), nil
}

func runBuild(ctx context.Context, std *streams, f *buildFlags, paths []string) error {
	bounds, err := f.bounds()
	if err != nil {
		return err
	}
	log, opts, inputs, err := f.prepare(std, paths)
	if err != nil {
		return err
	}
	if err := f.cluster.reach(ctx, std); err != nil {
		return err
	}
	folder := generation.In(f.out) // it may be inside a PATH
	inputs = slices.DeleteFunc(inputs, func(in source.Input) bool { return folder.Owns(in.Path) })
	report, err := newReport(f.report, inputs)
	if err != nil {
		return err
	}
	bounds.memory = allowedMemory(bounds.memory, memlimit.Of(), log)
	defer collectLess(goMemory(bounds.memory))()
	opts.Origins = true
	in, summary, err := f.index(ctx, std, inputs, indexing{bounds, opts, report, log})
	in.show.done()
	if errors.Is(err, build.ErrNothingNew) && f.cluster.IsRemote() {
		err = fmt.Errorf("%w; if the cluster lacks them: %s", err, f.cluster.publishCommand(f.out))
	}
	if err != nil {
		return in.fail(err)
	}
	for _, file := range in.lowConfidence.files {
		in.show.report(lowConfidenceNotice(file))
		report.add(file)
	}
	result := newResult(summary, in.rejected, in.lowConfidence.n)
	result.Formats = in.missing
	published := f.cluster.publishBuilt(ctx, std, f.out, f.keep, &result)
	report.add(result)
	return publishedBut(summary.Generation, errors.Join(published, result.print(std.out, std.json), report.close()))
}
