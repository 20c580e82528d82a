package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"xunwen/internal/engine"
	"xunwen/internal/search"
)

// LiveOptions says how a Live behaves.
type LiveOptions struct {
	Log  *slog.Logger     // nil for none
	Poll time.Duration    // how often CURRENT is looked at; 0 for defaultPoll
	Now  func() time.Time // nil for time.Now

	// Cache bounds the bytes of decoded lists that each open generation keeps in
	// memory; 0 for engine.DefaultCache. Two are open until the last request of
	// an old one has ended.
	Cache int64
}

// defaultPoll takes up a new generation within a second or so and costs one
// small read.
const defaultPoll = 500 * time.Millisecond

// Live answers from the published generation of an index folder and takes up
// each new one; it implements search.Engine. A request keeps the generation
// that it began with, which is closed when its last request ends.
type Live struct {
	dir  string
	opts LiveOptions

	mu     sync.Mutex
	now    *shared // nil before the first
	closed bool
	open   sync.WaitGroup // generations not yet closed
	failed failure
}

// failure is what could not be opened, so as to say it once and not to try it
// at every look.
type failure struct {
	of    string // CURRENT's content or the error about it
	again time.Time
}

// retryAfter is how long a generation that could not be opened is left alone:
// files may be put back, and a shortage of memory or file handles may end.
const retryAfter = 10 * time.Second

// shared is a generation with the requests that use it counted.
type shared struct {
	*generation
	refs int // one of them Live's own
}

// OpenLive opens the published generation of dir. A folder where nothing is
// published, or that is not there yet, is no error: the answers are
// search.ErrNotReady until Run finds one.
func OpenLive(dir string, opts LiveOptions) (*Live, error) {
	if opts.Poll <= 0 {
		opts.Poll = defaultPoll
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Cache == 0 {
		opts.Cache = engine.DefaultCache
	}
	l := &Live{dir: dir, opts: opts}
	if err := l.refresh(); err != nil && !errors.Is(err, errNoCurrent) {
		return nil, err
	}
	return l, nil
}

// Run takes up new generations until ctx ends, and returns nil then.
func (l *Live) Run(ctx context.Context) error {
	tick := time.NewTicker(l.opts.Poll)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := l.refresh(); err != nil && !errors.Is(err, errNoCurrent) {
			l.opts.Log.Error("the published generation can't be served", "index", l.dir, "serving", l.Generation(), "error", err)
		}
	}
}

// refresh takes up the published generation if it is another. An error about
// one generation comes once. It is not for concurrent use.
func (l *Live) refresh() error {
	c, err := readCurrent(l.dir)
	if err != nil {
		if errors.Is(err, errNoCurrent) {
			return err
		}
		return l.once(err.Error(), err)
	}
	l.mu.Lock()
	var before *generation
	if l.now != nil {
		before = l.now.generation // it stays open: only this goroutine swaps
	}
	same := l.closed || before != nil && before.manifest.Generation == c.name
	l.mu.Unlock()
	if same {
		l.failed = failure{}
		return nil
	}
	if l.failed.of == c.sum && l.opts.Now().Before(l.failed.again) {
		return nil
	}
	g, err := openGeneration(l.dir, c, before, engine.Options{Cache: l.opts.Cache})
	if err != nil {
		return l.once(c.sum, err)
	}
	l.failed = failure{}
	l.swap(g)
	l.opts.Log.Info("serving a generation", "generation", c.name, "articles", g.manifest.Articles, "paragraphs", g.manifest.Paragraphs)
	return nil
}

// once returns err the first time that something fails, nil from then on.
func (l *Live) once(of string, err error) error {
	known := l.failed.of == of
	l.failed = failure{of, l.opts.Now().Add(retryAfter)}
	if known {
		return nil
	}
	return err
}

func (l *Live) swap(g *generation) {
	l.mu.Lock()
	old := l.now
	l.now = &shared{generation: g, refs: 1}
	l.open.Add(1)
	l.mu.Unlock()
	if old != nil {
		l.release(old)
	}
}

// acquire returns the generation to answer from; release must follow.
func (l *Live) acquire() (*shared, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now == nil {
		return nil, fmt.Errorf("%s: %w", l.dir, search.ErrNotReady)
	}
	l.now.refs++
	return l.now, nil
}

func (l *Live) release(s *shared) {
	l.mu.Lock()
	s.refs--
	last := s.refs == 0
	l.mu.Unlock()
	if !last {
		return
	}
	if err := s.close(); err != nil {
		l.opts.Log.Warn("closing a generation", "generation", s.manifest.Generation, "error", err)
	}
	l.open.Done()
}

// Search implements search.Engine.
func (l *Live) Search(ctx context.Context, r search.Request) (search.Response, error) {
	s, err := l.acquire()
	if err != nil {
		return search.Response{}, err
	}
	defer l.release(s)
	return s.Search(ctx, r)
}

// Article implements search.Engine.
func (l *Live) Article(ctx context.Context, r search.ArticleRequest) (search.MarkedArticle, error) {
	s, err := l.acquire()
	if err != nil {
		return search.MarkedArticle{}, err
	}
	defer l.release(s)
	return s.Article(ctx, r)
}

// Generation implements search.Engine.
func (l *Live) Generation() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now == nil {
		return ""
	}
	return l.now.manifest.Generation
}

// Close waits for the requests under way and gives everything back. Run must
// have ended.
func (l *Live) Close() error {
	l.mu.Lock()
	old := l.now
	l.now, l.closed = nil, true
	l.mu.Unlock()
	if old != nil {
		l.release(old)
	}
	l.open.Wait()
	return nil
}

var _ search.Engine = (*Live)(nil)
