package index

import (
	"time"

	"xunwen/internal/engine"
)

// Status is what a Live serves at a moment.
type Status struct {
	Generation string    // "" where nothing is served; then the next four are zero
	Created    time.Time // when it was built
	Articles   int
	Paragraphs int
	Cache      engine.CacheUse

	// Since the Live was opened. A generation that can't be opened is tried, and
	// counted, again in growing intervals.
	TakenUp, Refused int
}

// Status describes what is served.
func (l *Live) Status() Status {
	s := Status{TakenUp: int(l.takenUp.Load()), Refused: int(l.refused.Load())}
	g, err := l.acquire()
	if err != nil {
		return s
	}
	defer l.release(g)
	m := g.manifest
	s.Generation, s.Created, s.Articles, s.Paragraphs = m.Generation, m.Created, m.Articles, m.Paragraphs
	s.Cache = g.CacheUse()
	return s
}
