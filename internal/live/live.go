package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/search"
)

// Options says how an Engine behaves.
type Options struct {
	Log  *slog.Logger     // nil for none
	Poll time.Duration    // how often CURRENT is read; 0 for defaultPoll
	Now  func() time.Time // nil for time.Now

	// Cache bounds the bytes of what words match that each open generation
	// keeps in memory; 0 for engine.DefaultCache. Two generations are open until
	// the last request to an old one has ended.
	Cache int64

	Segmenter analyzer.Segmenter // of queries
}

// defaultPoll finds a new generation within a second or so and costs one small
// read.
const defaultPoll = 500 * time.Millisecond

// Engine answers from the published generation of an index folder and swaps in
// each new one; it implements search.Engine. A request keeps the generation
// that it began with, which is closed when its last request ends. When the
// published generation is damaged, before or while it is served, the newest
// sound one before it answers instead.
type Engine struct {
	search.Intercepted
	path    string // of the index folder
	log     *slog.Logger
	loader  *loader
	watcher *watcher

	mu   sync.Mutex
	now  *served        // nil when nothing is served
	open sync.WaitGroup // generations that are not closed yet

	swaps atomic.Int64
}

// served is a generation and the requests that use it.
type served struct {
	*index.Generation
	refs    int   // one of them the Engine's own
	damaged error // why it must not answer any more; nil while it may
	inspection
}

// Open opens the published generation of dir. When nothing can be served,
// because nothing is published, dir does not exist or everything is damaged
// (which the log reports), the answers are search.ErrNotReady until Run finds a
// generation. When ctx ends before one is open, nothing is served. Files are checked while they
// are served, until ctx or that of Run ends.
func Open(ctx context.Context, dir string, o Options) *Engine {
	if o.Poll <= 0 {
		o.Poll = defaultPoll
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Cache == 0 {
		o.Cache = engine.DefaultCache
	}
	e := &Engine{
		path:    dir,
		log:     o.Log,
		loader:  newLoader(generation.In(dir), o),
		watcher: newWatcher(o.Poll),
	}
	e.Intercepted = search.Intercept(e.answer, e.generation)
	e.reload(ctx)
	return e
}

// Run swaps in new generations until ctx ends, and returns nil then.
func (e *Engine) Run(ctx context.Context) error {
	e.watcher.run(ctx, e.reload)
	return nil
}

// reload serves what the loader chooses. Only one goroutine at a time may call
// it, so that what is served stays open for the loader.
func (e *Engine) reload(ctx context.Context) {
	now, damaged := e.serving()
	next := e.loader.load(ctx, now, damaged)
	switch next {
	case now:
	case nil:
		e.swap(nil)
	default:
		s := &served{Generation: next, refs: 1}
		e.swap(s)
		e.swaps.Add(1)
		e.inspect(ctx, s)
	}
}

// serving returns the generation that is served, nil for none, and why it must
// not answer any more, nil while it may.
func (e *Engine) serving() (g *index.Generation, damaged error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.now == nil {
		return nil, nil
	}
	return e.now.Generation, e.now.damaged
}

// swap serves s, or nothing, instead of what is served.
func (e *Engine) swap(s *served) {
	e.mu.Lock()
	old := e.now
	e.now = s
	if s != nil {
		e.open.Add(1)
	}
	e.mu.Unlock()
	if old != nil {
		e.release(old)
	}
}

// acquire returns the generation to answer from; release must follow.
func (e *Engine) acquire() (*served, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.now == nil {
		return nil, fmt.Errorf("%s: %w", e.path, search.ErrNotReady)
	}
	if e.now.damaged != nil {
		return nil, e.now.damaged
	}
	e.now.refs++
	return e.now, nil
}

func (e *Engine) release(s *served) {
	e.mu.Lock()
	s.refs--
	last := s.refs == 0
	e.mu.Unlock()
	if !last {
		return
	}
	s.endInspection()
	if err := s.Close(); err != nil {
		e.log.Warn("closing a generation", "generation", s.Manifest.Generation, "error", err)
	}
	e.open.Done()
}

// markDamaged keeps a generation from answering again, makes Run look for another
// one, and returns the error of all its requests.
func (e *Engine) markDamaged(s *served, why error) error {
	e.mu.Lock()
	if s.damaged == nil {
		s.damaged = fmt.Errorf("generation %s: %w: %w", s.Manifest.Generation, search.ErrDamaged, why)
	}
	damaged := s.damaged
	e.mu.Unlock()
	e.watcher.wake()
	return damaged
}

// answer implements search.Interceptor over the generation that is served. A
// response is only passed on while the files that it was made of are still
// those that were opened.
func (e *Engine) answer(
	ctx context.Context, call *search.Call, next func(context.Context, search.Engine) error,
) error {
	s, err := e.acquire()
	if err != nil {
		return err
	}
	defer e.release(s)
	if call.Op == search.OpComplete {
		return next(ctx, s.Engine) // from memory alone, which no damage to a file changes
	}
	if damage := s.intact(func() error { err = next(ctx, s.Engine); return err }); damage != nil {
		return e.markDamaged(s, damage)
	}
	return err
}

// intact calls do, which reads the generation, and returns an error if a file was found
// damaged meanwhile, also by do.
func (s *served) intact(do func() error) (damage error) {
	var err error
	if damage = s.Guard.Do(func() { err = do() }); damage == nil {
		damage = s.Guard.Verify()
	}
	if damage == nil && errors.Is(err, generation.ErrDamaged) {
		damage = err // a checksum inside of a file, whose size and time are as before
	}
	return damage
}

// generation names what is served, "" for nothing.
func (e *Engine) generation() string {
	g, damaged := e.serving()
	if g == nil || damaged != nil {
		return ""
	}
	return g.Manifest.Generation
}

// Close waits for the requests in flight and closes everything. Run must have
// ended.
func (e *Engine) Close() error {
	e.swap(nil)
	e.open.Wait()
	return nil
}

var _ search.Engine = (*Engine)(nil)
