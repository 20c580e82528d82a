package examples

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// Operator is a part of the query language that an example shows.
type Operator int

// The operators, simple ones first.
const (
	BothWords Operator = iota
	ExactPhrase
	EitherWord
	WithoutWord
	NotWord
	GroupedWords
	InTitle
	InFields
	InMonth
	InDays
	SinceMonth
	InLead
	NearWords
	WordsWithin
	WordsInOrder
	OneSentence
	OneParagraph
	ManyTimes
	LongTexts
	WordPrefix
	operatorCount
)

// Query is a query with the names of its fields in Chinese and in English.
type Query struct{ Chinese, English string }

// In returns the query for readers of a language.
func (q Query) In(l wording.Language) string {
	if l == wording.English {
		return q.English
	}
	return q.Chinese
}

// Set holds the examples of one generation. It is never changed.
type Set struct {
	Typed   []string // ways to type a word that are completed to it
	queries [operatorCount]Query
}

// Query returns the example of an operator, the zero Query if there is none.
func (s *Set) Query(o Operator) Query { return s.queries[o] }

const (
	// findTime is how long a page waits for examples, once a generation.
	findTime = 2 * time.Second
	// retryTime is the time to the next attempt if examples could not be finished,
	// for instance because the server was busy.
	retryTime = 30 * time.Second
)

// Cache keeps the examples of the generation that is served.
type Cache struct {
	engine  search.Engine
	now     func() time.Time
	finding singleflight.Group // by generation: one page finds examples, the others wait for them

	mu   sync.Mutex
	last found
}

// found is what a search for examples found.
type found struct {
	generation string
	set        *Set
	finished   bool
	retryAt    time.Time // for a set that is not finished
}

// NewCache returns an empty Cache; now is the clock.
func NewCache(engine search.Engine, now func() time.Time) *Cache {
	return &Cache{engine: engine, now: now}
}

// Get returns the examples and reports whether they are complete. A page that lacks
// some for the moment must not be cached. When ctx ends it returns none.
func (c *Cache) Get(ctx context.Context) (set *Set, finished bool) {
	generation := c.engine.Generation()
	if generation == "" {
		return &Set{}, false
	}
	if last, ok := c.cached(generation); ok {
		return last.set, last.finished
	}
	done := c.finding.DoChan(generation, func() (any, error) {
		if last, ok := c.cached(generation); ok { // found since the first look
			return last, nil
		}
		return c.find(ctx, generation)
	})
	select {
	case r := <-done:
		if r.Err != nil {
			panic(r.Err) // in the goroutine of a request, where it is logged
		}
		f := r.Val.(found)
		return f.set, f.finished
	case <-ctx.Done():
		return &Set{}, false
	}
}

// cached returns the examples of a generation unless they are missing or it is time to
// try again.
func (c *Cache) cached(generation string) (last found, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	last = c.last
	return last, last.generation == generation && (last.finished || c.now().Before(last.retryAt))
}

// find finds and keeps the examples of a generation. They are for all readers, even if
// the one who came first leaves. It returns a panic as an error.
func (c *Cache) find(ctx context.Context, generation string) (f found, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("examples: panic: %v\n%s", v, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), findTime)
	defer cancel()
	finder := finder{engine: c.engine, generation: generation, searches: maxSearches}
	f.generation = generation
	f.set, f.finished = finder.find(ctx)
	f.retryAt = c.now().Add(retryTime)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = f
	return f, nil
}
