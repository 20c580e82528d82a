package live

import (
	"time"

	"xunwen/internal/engine"
)

// Status is what an Engine serves at a moment.
type Status struct {
	Generation string    // "" when nothing is served; then the next five are zero
	Created    time.Time // when it was built
	Articles   int
	Paragraphs int
	Checked    bool // the content of all its files
	Cache      engine.CacheUse

	// Since the Engine was opened. A generation that can't be loaded is tried, and
	// counted, again in growing intervals.
	Swaps, LoadFailures int
}

// Status describes what is served.
func (e *Engine) Status() Status {
	out := Status{Swaps: int(e.swaps.Load()), LoadFailures: int(e.loader.failureCount.Load())}
	s, err := e.acquire()
	if err != nil {
		return out
	}
	defer e.release(s)
	m := s.Manifest
	out.Generation, out.Created = m.Generation, m.Created
	out.Articles, out.Paragraphs = m.Articles, m.Paragraphs
	out.Checked = s.Guard.Checked()
	out.Cache = s.CacheUse()
	return out
}
