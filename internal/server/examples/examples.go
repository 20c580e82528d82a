package examples

import (
	"context"
	"sync"
	"time"

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
	GroupedWords
	InTitle
	InFields
	InMonth
	InDays
	NearWords
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
	engine search.Engine
	now    func() time.Time

	mu         sync.Mutex // locked while examples are found: other pages wait for them
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
// some for the moment must not be cached.
func (c *Cache) Get(ctx context.Context) (set *Set, finished bool) {
	generation := c.engine.Generation()
	if generation == "" {
		return &Set{}, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.generation != generation || !c.finished && !c.now().Before(c.retryAt) {
		// The examples are for all readers, even if this one leaves.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), findTime)
		defer cancel()
		f := finder{engine: c.engine, generation: generation, searches: maxSearches}
		c.set, c.finished = f.find(ctx)
		c.generation, c.retryAt = generation, c.now().Add(retryTime)
	}
	return c.set, c.finished
}
