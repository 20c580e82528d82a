package examples

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

// Limits on the cost of finding examples.
const (
	maxSearches     = 100 // searches that only count, and articles read
	maxCompletions  = 200 // look-ups of words
	sampledArticles = search.MaxSize
	maxTries        = 6 // candidates tried for one operator
)

// errOtherGeneration ends the search for examples when another generation is served.
var errOtherGeneration = errors.New("another generation is served")

// errBudget ends it when it has cost enough.
var errBudget = errors.New("too many searches")

// finder makes examples from one generation of the archive.
type finder struct {
	engine     search.Engine
	generation string
	searches   int // how many may still be made
}

// find returns the examples and reports whether they are complete. They are not if
// the engine fails or time runs out.
func (f *finder) find(ctx context.Context) (set *Set, finished bool) {
	set = new(Set)
	sample, err := f.readSample(ctx)
	for o := Operator(0); err == nil && o < operatorCount; o++ {
		set.queries[o], err = f.firstThatFinds(ctx, sample.candidates(o))
	}
	if err == nil {
		set.Typed, err = f.firstCompleted(ctx)
	}
	return set, err == nil || errors.Is(err, errBudget)
}

// firstThatFinds returns the first query that finds an article, "" for none.
func (f *finder) firstThatFinds(ctx context.Context, candidates []Query) (Query, error) {
	for _, q := range candidates[:min(len(candidates), maxTries)] {
		n, err := f.count(ctx, q.Chinese)
		if err != nil {
			return Query{}, err
		}
		if n > 0 {
			return q, nil
		}
	}
	return Query{}, nil
}

// count returns how many articles a query finds, 0 for an invalid query.
func (f *finder) count(ctx context.Context, text string) (int, error) {
	q := param.Search{Text: text, By: search.ByArticle, Sort: search.ByRelevance, Size: 1, Internal: true}
	if err := q.ReadQuery(); err != nil {
		if _, invalid := errors.AsType[*query.Error](err); invalid {
			return 0, nil
		}
		return 0, err
	}
	resp, err := f.search(ctx, q.Request())
	if errors.Is(err, search.ErrTooBroad) {
		return 0, nil
	}
	return resp.Total, err
}

func (f *finder) search(ctx context.Context, r search.Request) (search.Response, error) {
	if f.searches--; f.searches < 0 {
		return search.Response{}, errBudget
	}
	resp, err := f.engine.Search(ctx, r)
	if err != nil {
		return search.Response{}, fmt.Errorf("examples: %w", err)
	}
	if resp.Generation != f.generation {
		return search.Response{}, errOtherGeneration
	}
	return resp, nil
}

// commonWords are words that most newspapers print, each with ways to type it:
// its characters, its pinyin, an initial with the rest, and initials alone.
var commonWords = [][]string{
	{"中国", "zhongguo", "zguo", "zg"},
	{"城市", "chengshi", "cshi", "cs"},
	{"时间", "shijian", "sjian", "sj"},
	{"记者", "jizhe", "jzhe", "jz"},
	{"工作", "gongzuo", "gzuo", "gz"},
	{"学校", "xuexiao", "xxiao", "xx"},
}

// firstCompleted returns the first of commonWords for which every way to type it is
// completed to it.
func (f *finder) firstCompleted(ctx context.Context) ([]string, error) {
	for _, typed := range commonWords {
		completed := true
		for _, text := range typed {
			found, err := f.engine.Complete(ctx, search.CompletionRequest{Text: text, Size: offeredCompletions})
			if err != nil {
				return nil, err
			}
			isWord := func(c search.Completion) bool { return c.Text == typed[0] }
			completed = completed && slices.ContainsFunc(found, isWord)
		}
		if completed {
			return typed, nil
		}
	}
	return nil, nil
}

// offeredCompletions is how many completions the search box shows.
const offeredCompletions = 8
