package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/memindex"
	"xunwen/internal/news"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
	"xunwen/internal/suggest"
)

// Engine answers from one generation in a cluster. It is safe for concurrent use.
type Engine struct {
	client     *client.Client
	index      string
	generation string
	preference string
	words      *analyzer.Analyzer
	sizes      engine.Sizes
	counts     *counts
	options    Options
	suggest    func() suggesters

	mu             sync.Mutex
	usualSpellings map[string]map[string]string // by field and normal form
}

// Options are the settings of an Engine.
type Options struct {
	// Completer makes what completions and corrections come from; nil for neither.
	Completer func() (*suggest.Completer, error)
	// Small is up to how many root documents are read whole, so that everything about them is
	// exact; 0 for defaultSmall, less for none.
	Small int
	// Verified is up to how many are read where only texts decide what matches; 0 for
	// defaultVerified.
	Verified int
	// Clauses is how many terms a query may have; 0 for defaultClauses.
	Clauses int
	// Window is how many root documents are put in order at a time; 0 for defaultWindow.
	Window int
	// Compared is up to how many others are read for a window, so that the hits of its last day and of its
	// near-duplicates are in the right order; 0 for defaultCompared.
	Compared int
}

const (
	defaultSmall    = 200
	defaultVerified = 1000
	defaultWindow   = 200
	defaultCompared = 1000
	defaultClauses  = 700 // of 1,024 that a cluster allows: filters and scores have some, too
)

// newEngine returns an engine over an index.
func newEngine(
	c *client.Client, index, generation string, words *analyzer.Analyzer, sizes engine.Sizes, o Options,
) *Engine {
	switch {
	case o.Small == 0:
		o.Small = defaultSmall
	case o.Small < 0:
		o.Small = 0
	}
	if o.Clauses == 0 {
		o.Clauses = defaultClauses
	}
	if o.Verified == 0 {
		o.Verified = defaultVerified
	}
	if o.Window == 0 {
		o.Window = defaultWindow
	}
	if o.Compared == 0 {
		o.Compared = defaultCompared
	}
	return &Engine{
		client: c, index: index, generation: generation, preference: "xunwen", words: words, sizes: sizes,
		counts: newCounts(), options: o, usualSpellings: map[string]map[string]string{},
		suggest: sync.OnceValue(func() suggesters { return makeSuggesters(o) }),
	}
}

// errTooMany: only texts decide what matches, and there are too many of them.
var errTooMany = fmt.Errorf("%w: too many articles would have to be read to decide what matches", search.ErrUnsupported)

// source is what is read of a root document.
type source struct {
	Record  news.Article `json:"record"`
	Article string       `json:"article"`
	Group   string       `json:"group"`
	Member  int64        `json:"member"`
	Items   int          `json:"items"`
	First   bool         `json:"first"`
	Day     int32        `json:"day"`
}

// localOf returns an engine over the articles of root documents. expected reports whether a term of texts is likely
// to be looked up (memindex.NewFor); nil is for any.
func (e *Engine) localOf(
	ctx context.Context, roots []source, grouped bool, expected func(term string) bool,
) (*engine.Engine, error) {
	roots, err := e.withRecords(ctx, roots)
	if err != nil {
		return nil, err
	}
	articles := make([]memindex.Article, 0, len(roots))
	for _, r := range roots {
		a := memindex.Article{Article: r.Record, Sequence: uint32(r.Member / layout.MaxItems)}
		if grouped {
			a.Group = r.Group
		}
		articles = append(articles, a)
	}
	x, err := memindex.NewFor(ctx, e.words, articles, expected)
	if err != nil {
		return nil, err
	}
	return engine.New(e.generation, x, x, x.Columns, e.words, engine.Options{
		Analyzer:   e.words.Fingerprint(),
		Statistics: &statistics{e.sizes, e.counts, e.options.Clauses},
	}), nil
}

// withRecords returns one root document of each article, with its texts, which of a round-up the first item
// has.
func (e *Engine) withRecords(ctx context.Context, roots []source) ([]source, error) {
	var out []source
	var missing []string
	at := map[string]int{}
	for _, r := range roots {
		i, ok := at[r.Article]
		switch {
		case !ok:
			at[r.Article] = len(out)
			out = append(out, r)
		case r.First:
			out[i] = r
		}
	}
	for _, r := range out {
		if !r.First {
			missing = append(missing, r.Article)
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	q := dsl.AllOf(object{"terms": object{layout.ArticleField: missing}}, dsl.Term(layout.FirstField, true))
	found, err := e.roots(ctx, q, len(missing))
	for _, r := range found {
		out[at[r.Article]] = r
	}
	if err == nil && len(found) < len(missing) {
		err = fmt.Errorf("the index lacks records of %d articles", len(missing)-len(found))
	}
	return out, err
}

// Pin implements search.Engine.
func (e *Engine) Pin(ctx context.Context, do func(context.Context, search.Engine) error) error {
	return do(ctx, e)
}

// Generation implements search.Engine.
func (e *Engine) Generation() string { return e.generation }

// roots reads the root documents that a query matches in their order, at most so many.
func (e *Engine) roots(ctx context.Context, q object, most int) ([]source, error) {
	var out []source
	var after []json.RawMessage
	for len(out) < most {
		body := object{
			"query": q, "size": min(most-len(out), rootsAtOnce), "sort": []any{object{layout.MemberField: "asc"}},
		}
		if after != nil {
			body["search_after"] = after
		}
		var answer hitsAnswer
		if err := e.search(ctx, body, &answer); err != nil {
			return nil, err
		}
		for _, h := range answer.Hits.Hits {
			out = append(out, h.Source)
			after = h.Sort
		}
		if len(answer.Hits.Hits) < rootsAtOnce {
			break
		}
	}
	return out, nil
}

// candidates reads the root documents that may match, where texts decide which do. It returns errTooMany if
// there are too many to read.
func (e *Engine) candidates(ctx context.Context, p *prepared) ([]source, error) {
	n, err := e.count(ctx, p.all())
	if err != nil {
		return nil, err
	}
	if n > e.options.Verified {
		return nil, fmt.Errorf("%d articles: %w", n, errTooMany)
	}
	return e.roots(ctx, p.all(), n)
}

// rootsAtOnce is how many root documents are read with one request.
const rootsAtOnce = 500

// object is a JSON object.
type object = map[string]any
