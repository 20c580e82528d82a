package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"

	"github.com/dustin/go-humanize"

	"xunwen/internal/build"
	"xunwen/internal/generation"
	"xunwen/internal/news"
	"xunwen/internal/source"
)

// indexing is what building an index needs besides its inputs.
type indexing struct {
	bounds bounds
	read   source.Options
	report *report
	log    *slog.Logger
}

// index builds an index of inputs and publishes it. If one input takes nearly all of the memory for articles, it
// begins again without that.
func (f *buildFlags) index(
	ctx context.Context, std *streams, inputs []source.Input, with indexing,
) (in *ingest, summary build.Summary, err error) {
	show := std.progress(with.log)
	for {
		in = &ingest{show: show, report: with.report, strict: f.strict, articlesOf: map[int]int{}}
		summary, err = build.Index(ctx, build.Options{
			Out:          f.out,
			Dictionaries: std.dictionaries,
			UserDict:     f.userDict,
			Synonyms:     f.synonyms,
			Segmenter:    f.segmenter,
			Keep:         f.keep,
			Append:       f.append,
			KeepOrder:    f.keepOrder,
			Memory:       with.bounds.memory,
			Reserve:      with.bounds.reserve,
			Text:         source.LeastText(inputs),
			Sources:      func() []generation.Source { return in.sources },
			Progress:     show.update,
			Log:          with.log,
		}, in.articles(source.Read(ctx, inputs, with.read)))
		if !errors.Is(err, build.ErrMemory) || !in.refuseLargest(inputs, with.bounds.memory, with.log) {
			return in, summary, err
		}
	}
}

// fail completes the error of a build.
func (in *ingest) fail(err error) error {
	if errors.Is(err, build.ErrEmpty) || errors.Is(err, build.ErrNothingNew) {
		err = fmt.Errorf("nothing was published: %w", err)
		if in.rejected > 0 {
			err = fmt.Errorf("%w (%s rejected)", err, count(in.rejected, "input"))
		}
	}
	if in.rejected == 0 && !errors.Is(err, generation.ErrBusy) {
		in.report.begin() // the build may have failed before it read anything
	}
	return &buildError{errors.Join(err, in.report.close()), in.rejected}
}

// ingest separates the articles of a build from the other events of reading.
type ingest struct {
	show          *progress
	report        *report
	strict        bool // rejects are an error
	rejected      int
	lowConfidence lowConfidence
	missing       missing
	sources       []generation.Source
	articlesOf    map[int]int // by the number of their input
}

// articles yields the articles among events. It reports rejects and records
// which files were read, and which of them with low confidence.
func (in *ingest) articles(events iter.Seq2[source.Event, error]) iter.Seq2[*news.Article, error] {
	return func(yield func(*news.Article, error) bool) {
		in.report.begin()
		for e, err := range events {
			switch {
			case err != nil:
				yield(nil, err)
				return
			case e.Reject != nil:
				in.rejected += e.Reject.Count()
				in.show.report(rejectNotice(e.Reject))
				in.report.add(e.Reject)
			case e.LeftOut != nil:
				in.show.report(leftOutNotice(e.LeftOut))
				in.report.add(e.LeftOut)
			case e.Origin != nil:
				in.sources = append(in.sources, generation.Source(*e.Origin))
			case e.Article != nil:
				in.lowConfidence.add(e.File, e.Article.Confidence)
				in.missing.add(e.Format, e.Article)
				in.articlesOf[e.Input]++
				if !yield(e.Article, nil) {
					return
				}
			}
		}
		if in.strict && in.rejected > 0 {
			yield(nil, fmt.Errorf("%s rejected: --strict publishes nothing", count(in.rejected, "input")))
		}
	}
}

// almostAll is the share of the articles that memory is enough for, in tenths, from which on one
// file has so many that no other can be built beside it.
const almostAll = 9

// refuseLargest has the input rejected that takes nearly all of the memory for articles by itself,
// so that the others are built: it reports whether there is one. Many files that are too much
// together are no fault of one of them, and end a build.
func (in *ingest) refuseLargest(inputs []source.Input, memory int64, log *slog.Logger) bool {
	largest, articles := 0, 0
	for i, n := range in.articlesOf {
		if n > articles {
			largest, articles = i, n
		}
	}
	if in.strict || len(inputs) < 2 || articles < build.MostArticles(memory)*almostAll/10 {
		return false
	}
	for i, other := range inputs {
		if i != largest && !other.CanBeReadAgain() {
			return false
		}
	}
	reason := fmt.Sprintf("%d articles or more, which --memory %s is not enough for: split the file, or pass more",
		articles, humanize.Bytes(uint64(memory)))
	inputs[largest].Refuse(reason)
	log.Warn("reading again without a file that has too many articles for --memory",
		"file", inputs[largest].Path, "articles", articles)
	return true
}
