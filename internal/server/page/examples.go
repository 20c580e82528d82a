package page

import (
	"context"
	"sync"
	"time"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// The home page and the help page explain the query language by example. The
// examples are made from the archive's own words, so that each finds something. An
// operator for which the archive has no example is left out.

// operator is a part of the query language that an example shows.
type operator int

const (
	bothWords operator = iota
	exactPhrase
	eitherWord
	withoutWord
	groupedWords
	inTitle
	inFields
	inMonth
	inDays
	nearWords
	wordPrefix
	operatorCount
)

// homeOperators and helpOperators list the operators of the home page and of the help
// page, simple ones first.
var (
	homeOperators = []operator{bothWords, exactPhrase, eitherWord, withoutWord, inTitle, inMonth}
	helpOperators = []operator{bothWords, exactPhrase, eitherWord, withoutWord, groupedWords,
		inTitle, inFields, inMonth, inDays, nearWords, wordPrefix}
)

// meaning returns an explanation of an operator.
func (o operator) meaning(w *wording.Words) string {
	return [operatorCount]string{
		bothWords:    w.Home.BothWords,
		exactPhrase:  w.Home.ExactPhrase,
		eitherWord:   w.Home.EitherWord,
		withoutWord:  w.Home.WithoutWord,
		groupedWords: w.Help.Grouping,
		inTitle:      w.Home.InTitle,
		inFields:     w.Help.InFields,
		inMonth:      w.Home.InPeriod,
		inDays:       w.Help.InDays,
		nearWords:    w.Help.Near,
		wordPrefix:   w.Help.Prefix,
	}[o]
}

// example is a query, or a key, and what it means.
type example struct {
	Text, Means string
	Link        string // "" for a key
}

// exampleQuery is a query with the names of its fields in Chinese and in English.
type exampleQuery struct{ chinese, english string }

func (q exampleQuery) in(l wording.Language) string {
	if l == wording.English {
		return q.english
	}
	return q.chinese
}

// exampleSet holds all examples of one generation.
type exampleSet struct {
	queries [operatorCount]exampleQuery // "" where there is none
	typed   []string                    // ways to type a word that are completed to it
}

// listed returns the examples of some operators.
func (set *exampleSet) listed(w *wording.Words, operators []operator) []example {
	var out []example
	for _, o := range operators {
		text := set.queries[o].in(w.Language)
		if text == "" {
			continue
		}
		q := param.Search{By: search.ByArticle, Sort: search.ByRelevance, Size: param.DefaultSize}.WithText(text)
		out = append(out, example{Text: text, Means: o.meaning(w), Link: q.Results()})
	}
	return out
}

const (
	// exampleTime is how long a page waits for examples, once a generation.
	exampleTime = 2 * time.Second
	// exampleRetry is the time to the next attempt if examples could not be finished,
	// for instance because the server was busy.
	exampleRetry = 30 * time.Second
)

// exampleCache keeps the examples of one generation.
type exampleCache struct {
	mu         sync.Mutex // locked while examples are made: other pages wait for them
	generation string
	set        *exampleSet // never changed
	finished   bool
	retryAt    time.Time // for a set that is not finished
}

// examples returns the examples for the current generation and reports whether they
// are complete. A page that lacks some for the moment must not be cached.
func (s *Site) examples(ctx context.Context) (set *exampleSet, finished bool) {
	generation := s.engine.Generation()
	if generation == "" {
		return &exampleSet{}, false
	}
	c := &s.exampleCache
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.generation != generation || !c.finished && !s.now().Before(c.retryAt) {
		// The examples are for all readers, even if this one leaves.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), exampleTime)
		defer cancel()
		f := exampleFinder{engine: s.engine, generation: generation, searches: maxExampleSearches}
		c.set, c.finished = f.find(ctx)
		c.generation, c.retryAt = generation, s.now().Add(exampleRetry)
	}
	return c.set, c.finished
}
