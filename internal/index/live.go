package index

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"xunwen/internal/engine"
	"xunwen/internal/generation"
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
// that it began with, which is closed when its last request ends. Where the
// published generation is damaged, before or while it is served, the newest
// sound one made before it answers in its place.
type Live struct {
	folder generation.Folder
	opts   LiveOptions
	wake   chan struct{} // something is to be looked at before the next poll

	// Of refresh alone.
	failed  failures
	told    string // why what is published can't be told, as it was logged
	instead bool   // what is served is in the place of one that could not be

	mu     sync.Mutex
	now    *shared // nil where nothing is served
	closed bool
	open   sync.WaitGroup // generations not yet closed

	takenUp, refused atomic.Int64 // generations
}

// shared is a generation with the requests that use it counted.
type shared struct {
	*opened
	refs int   // one of them Live's own
	bad  error // why it must not answer any more
}

// OpenLive opens the published generation of dir. Where nothing can be served,
// since nothing is published, or dir is not there, or all is damaged (which the
// log says), the answers are search.ErrNotReady until Run finds something. To open
// means to read all of it once; where ctx ends before that, nothing is served.
func OpenLive(ctx context.Context, dir string, opts LiveOptions) *Live {
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
	l := &Live{folder: generation.In(dir), opts: opts, failed: failures{}, wake: make(chan struct{}, 1)}
	l.refresh(ctx)
	return l
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
		case <-l.wake:
		}
		l.refresh(ctx)
	}
}

// swap serves g, or nothing, in place of what is served.
func (l *Live) swap(g *opened) {
	l.mu.Lock()
	old := l.now
	l.now = nil
	if g != nil {
		l.now = &shared{opened: g, refs: 1}
		l.open.Add(1)
	}
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
		return nil, fmt.Errorf("%s: %w", l.folder.Path, search.ErrNotReady)
	}
	if l.now.bad != nil {
		return nil, l.now.bad
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

// condemn keeps a generation from answering once more.
func (l *Live) condemn(s *shared, why error) error {
	l.mu.Lock()
	if s.bad == nil {
		s.bad = fmt.Errorf("generation %s: %w: %w", s.manifest.Generation, search.ErrDamaged, why)
	}
	bad := s.bad
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default: // Run is on its way
	}
	return bad
}

// answer runs ask over the generation that is served. What it gives is only
// passed on where the files that it came from are still what was opened.
func answer[T any](l *Live, ask func(*opened) (T, error)) (T, error) {
	var out, none T
	s, err := l.acquire()
	if err != nil {
		return none, err
	}
	defer l.release(s)
	fault := guard(s.seal.Intact, func() { out, err = ask(s.opened) })
	if fault == nil {
		fault = s.seal.Intact()
	}
	if fault != nil {
		return none, l.condemn(s, fault)
	}
	return out, err
}

// guard makes a fault in a mapped file (one that was cut, or a bad disk) an
// error instead of the end of the process; and so a panic over files that are
// not intact any more, since what reads segments trusts them.
func guard(intact func() error, do func()) (fault error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		r := recover()
		if at, ok := r.(memoryFault); ok {
			fault = fmt.Errorf("%w: %w", generation.ErrDamaged, at)
		} else if r != nil {
			if fault = intact(); fault == nil {
				panic(r)
			}
		}
	}()
	do()
	return nil
}

// memoryFault is what the runtime panics with where a mapped page can't be
// read; other panics have no address.
type memoryFault interface {
	runtime.Error
	Addr() uintptr
}

// Search implements search.Engine.
func (l *Live) Search(ctx context.Context, r search.Request) (search.Response, error) {
	return answer(l, func(g *opened) (search.Response, error) { return g.Search(ctx, r) })
}

// Article implements search.Engine.
func (l *Live) Article(ctx context.Context, r search.ArticleRequest) (search.MarkedArticle, error) {
	return answer(l, func(g *opened) (search.MarkedArticle, error) { return g.Article(ctx, r) })
}

// Similar implements search.Engine.
func (l *Live) Similar(ctx context.Context, r search.SimilarRequest) (search.Related, error) {
	return answer(l, func(g *opened) (search.Related, error) { return g.Similar(ctx, r) })
}

// NearDuplicates implements search.Engine.
func (l *Live) NearDuplicates(ctx context.Context, id string) (search.Related, error) {
	return answer(l, func(g *opened) (search.Related, error) { return g.NearDuplicates(ctx, id) })
}

// Trends implements search.Engine.
func (l *Live) Trends(ctx context.Context, r search.TrendsRequest) (search.Trends, error) {
	return answer(l, func(g *opened) (search.Trends, error) { return g.Trends(ctx, r) })
}

// Publications implements search.Engine.
func (l *Live) Publications(ctx context.Context) (search.Publications, error) {
	return answer(l, func(g *opened) (search.Publications, error) { return g.Publications(ctx) })
}

// Issues implements search.Engine.
func (l *Live) Issues(ctx context.Context, publication string) (search.Issues, error) {
	return answer(l, func(g *opened) (search.Issues, error) { return g.Issues(ctx, publication) })
}

// Issue implements search.Engine.
func (l *Live) Issue(ctx context.Context, r search.IssueRequest) (search.Issue, error) {
	return answer(l, func(g *opened) (search.Issue, error) { return g.Issue(ctx, r) })
}

// Complete implements search.Engine. It looks into memory alone, which no
// damage to a file changes.
func (l *Live) Complete(ctx context.Context, r search.CompletionRequest) ([]search.Completion, error) {
	s, err := l.acquire()
	if err != nil {
		return nil, err
	}
	defer l.release(s)
	return s.Complete(ctx, r)
}

// Generation implements search.Engine.
func (l *Live) Generation() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now == nil || l.now.bad != nil {
		return ""
	}
	return l.now.manifest.Generation
}

// Close waits for the requests under way and gives everything back. Run must
// have ended.
func (l *Live) Close() error {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.swap(nil)
	l.open.Wait()
	return nil
}

var _ search.Engine = (*Live)(nil)
