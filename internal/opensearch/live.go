package opensearch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/search"
)

// LiveOptions says how a Live behaves.
type LiveOptions struct {
	Log       *slog.Logger       // nil for none
	Poll      time.Duration      // how often the alias is read; 0 for defaultPoll
	Segmenter analyzer.Segmenter // of queries
	Engine    Options
}

// defaultPoll finds a new generation within seconds.
const defaultPoll = 2 * time.Second

// Live answers from the generation that an alias points to, and swaps in each new one; it implements
// search.Engine. A request keeps the generation that it began with.
type Live struct {
	search.Intercepted
	client  *client.Client
	name    string
	options LiveOptions

	mu      sync.Mutex
	now     *served // nil when nothing is served
	open    sync.WaitGroup
	swaps   int
	failed  int
	problem string    // logged last
	warned  time.Time // when a failed request was logged last

	ready readiness
}

// served is a generation and the requests that use it.
type served struct {
	*Generation
	refs int // one of them the Live's own
}

// Serve opens the generation that an alias points to. If there is none or it can't be opened, which the log
// reports, the answers are search.ErrNotReady until Run finds one.
func Serve(ctx context.Context, c *client.Client, name string, o LiveOptions) *Live {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Poll <= 0 {
		o.Poll = defaultPoll
	}
	l := &Live{client: c, name: name, options: o}
	l.Intercepted = search.Intercept(l.answer, l.generation)
	l.reload(ctx)
	return l
}

// Run swaps in new generations until ctx ends, and returns nil then.
func (l *Live) Run(ctx context.Context) error {
	ticker := time.NewTicker(l.options.Poll)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			l.reload(ctx)
		}
	}
}

// reload opens what the alias points to, unless it is served. Only one goroutine at a time may call it.
func (l *Live) reload(ctx context.Context) {
	p, err := pointedTo(ctx, l.client, l.name)
	if now := l.serving(); err == nil && (now == nil || !slices.Contains(p.aliases, now.manifest.Alias)) {
		err = l.swapTo(ctx, p, now)
	}
	l.log(ctx, err)
}

// serving returns the generation that is served, or nil. It stays open until the next one is.
func (l *Live) serving() *Generation {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now == nil {
		return nil
	}
	return l.now.Generation
}

func (l *Live) swapTo(ctx context.Context, to pointed, before *Generation) error {
	g, err := to.open(ctx, l.client, l.options.Segmenter, l.options.Engine, before)
	l.mu.Lock()
	if err != nil {
		l.failed++
		l.mu.Unlock()
		return err
	}
	old := l.now
	l.now = &served{g, 1}
	l.swaps++
	l.open.Add(1)
	l.mu.Unlock()
	if old != nil {
		l.release(old)
	}
	l.options.Log.Info("serving a generation", "generation", g.generation, "index", g.index,
		"articles", g.manifest.Articles, "paragraphs", g.manifest.Paragraphs)
	return nil
}

// log logs an error, unless it was the last one too.
func (l *Live) log(ctx context.Context, err error) {
	text := ""
	if err != nil && ctx.Err() == nil {
		text = err.Error()
	}
	if text != "" && text != l.problem {
		l.options.Log.Error("cannot serve what is published", "alias", l.name, "serving", l.generation(), "error", err)
	}
	l.problem = text
}

// acquire returns the generation to answer from; release must follow.
func (l *Live) acquire() (*served, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now == nil {
		return nil, fmt.Errorf("alias %s: %w", l.name, search.ErrNotReady)
	}
	l.now.refs++
	return l.now, nil
}

func (l *Live) release(s *served) {
	l.mu.Lock()
	s.refs--
	last := s.refs == 0
	l.mu.Unlock()
	if last {
		s.Close()
		l.open.Done()
	}
}

// answer implements search.Interceptor over the generation that is served.
func (l *Live) answer(ctx context.Context, _ *search.Call, next func(context.Context, search.Engine) error) error {
	s, err := l.acquire()
	if err != nil {
		return err
	}
	defer l.release(s)
	err = next(ctx, s.Engine)
	if errors.Is(err, search.ErrUnavailable) {
		l.warn(err)
	}
	return err
}

// warnEvery is the least time between two log lines of failed requests.
const warnEvery = 10 * time.Second

// warn logs why a request failed, unless that was logged less than warnEvery ago.
func (l *Live) warn(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := time.Now(); now.Sub(l.warned) >= warnEvery {
		l.warned = now
		l.options.Log.Warn("the cluster can't answer a request", "alias", l.name, "error", err)
	}
}

func (l *Live) generation() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now == nil {
		return ""
	}
	return l.now.Engine.generation
}

// Status is what a Live serves at a moment.
type Status struct {
	Generation string // "" when nothing is served; then the next three are zero
	Created    time.Time
	Articles   int
	Paragraphs int

	Swaps, LoadFailures int // since it was opened
}

// Status describes what is served.
func (l *Live) Status() Status {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := Status{Swaps: l.swaps, LoadFailures: l.failed}
	if l.now != nil {
		m := l.now.manifest
		out.Generation, out.Created, out.Articles, out.Paragraphs = m.Generation, m.Created, m.Articles, m.Paragraphs
	}
	return out
}

// Close waits for the last requests and closes what is open.
func (l *Live) Close() error {
	l.mu.Lock()
	now := l.now
	l.now = nil
	l.mu.Unlock()
	if now != nil {
		l.release(now)
	}
	l.open.Wait()
	return l.client.Close()
}
