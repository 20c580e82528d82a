package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"slices"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"xunwen/internal/build"
	"xunwen/internal/cli"
	"xunwen/internal/generation"
	"xunwen/internal/news"
	"xunwen/internal/source"
)

// Defaults of build's flags.
const (
	defaultKeep    = 2        // the generation that is served and the one before it
	defaultReserve = "256MB"  // room for logs, and for a server beside the build
	defaultMemory  = "1500MB" // leaves a machine of 2 GB some for everything else
	// goShare is how many eighths of --memory Go's own is kept within: two are for
	// mapped files, one for jieba's dictionaries, one for what threads and C take
	// besides: with five for Go a build of 1 GB held 1.50 GB.
	goShare = 4
)

type buildFlags struct {
	inputFlags
	out, userDict, synonyms, memory, report string
	reserve                                 string
	keep                                    int
	append, strict, json                    bool
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
			return runBuild(cmd.Context(), std, &f, paths)
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
	flags.StringVar(&f.synonyms, "synonyms", "", "file of words that find one another: 北大, 北京大学 both, 北大 => 北京大学 one way")
	flags.StringVar(&f.memory, "memory", defaultMemory, "memory to aim at, e.g. 1500MB or 2GiB; dictionaries (120 MB) and one very long line come on top")
	flags.StringVar(&f.reserve, "reserve", defaultReserve, "room that must stay free on the index's disk; 0 doesn't look")
	return cmd
}

// bounds are what a build may take, in bytes.
type bounds struct{ memory, reserve int64 }

// bounds checks what build's own flags say.
func (f *buildFlags) bounds() (bounds, error) {
	if err := required("out", f.out); err != nil {
		return bounds{}, err
	}
	if info, err := os.Stat(f.out); err == nil && !info.IsDir() {
		return bounds{}, cli.Usagef("--out %s: a file, where the index needs a folder", f.out)
	}
	if f.keep < 1 {
		return bounds{}, cli.Usagef("--keep %d: at least the new generation is kept", f.keep)
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
	folder := generation.In(f.out) // which may lie below a PATH
	inputs = slices.DeleteFunc(inputs, func(in source.Input) bool { return folder.Owns(in.Path) })
	report, err := newReport(f.report, inputs)
	if err != nil {
		return err
	}
	defer collectLess(bounds.memory / 8 * goShare)()
	opts.Origins = true
	in := &ingest{show: newProgress(std.err, log), report: report, strict: f.strict}
	summary, err := build.Index(ctx, build.Options{
		Out:          f.out,
		Dictionaries: std.dictionaries,
		UserDict:     f.userDict,
		Synonyms:     f.synonyms,
		Keep:         f.keep,
		Append:       f.append,
		Memory:       bounds.memory,
		Reserve:      bounds.reserve,
		Text:         source.LeastText(inputs),
		Sources:      func() []generation.Source { return in.sources },
		Progress:     in.show.update,
		Log:          log,
	}, in.articles(source.Read(ctx, inputs, opts)))
	in.show.done()
	if errors.Is(err, build.ErrEmpty) {
		err = fmt.Errorf("nothing to index: %w (%s rejected)", err, count(in.rejected, "input"))
	}
	if err != nil {
		if in.rejected == 0 && !errors.Is(err, generation.ErrBusy) {
			report.begin() // the build may have failed before it read anything
		}
		return errors.Join(err, report.close())
	}
	for _, d := range in.doubts.list {
		in.show.line(d.String())
		report.add(d)
	}
	result := newResult(summary, in.rejected, in.doubts.n)
	report.add(result)
	return told(summary.Generation, errors.Join(result.print(std.out, f.json), report.close()))
}

// ingest separates the articles that are read for a build from what else reading
// yields.
type ingest struct {
	show     *progress
	report   *report
	strict   bool // rejects are an error
	rejected int
	doubts   doubts
	sources  []generation.Source
}

// articles yields the articles among events. It reports rejects and notes which
// files were read, and which of them with low confidence.
func (in *ingest) articles(events iter.Seq2[source.Event, error]) iter.Seq2[*news.Article, error] {
	return func(yield func(*news.Article, error) bool) {
		in.report.begin()
		for e, err := range events {
			switch {
			case err != nil:
				yield(nil, err)
				return
			case e.Reject != nil:
				in.rejected++
				in.show.line(e.Reject.String())
				in.report.add(e.Reject)
			case e.Origin != nil:
				in.sources = append(in.sources, generation.Source(*e.Origin))
			case e.Article != nil:
				in.doubts.see(e.File, e.Article.Confidence)
				if !yield(e.Article, nil) {
					return
				}
			}
		}
		if in.strict && in.rejected > 0 {
			yield(nil, fmt.Errorf("%s rejected, and --strict publishes nothing then", count(in.rejected, "input")))
		}
	}
}
