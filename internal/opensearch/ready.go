package opensearch

import (
	"context"
	"sync"
	"time"

	"xunwen/internal/opensearch/dsl"
)

// Bounds of asking whether the cluster answers.
const (
	readyTime = 2 * time.Second // for all shards to answer
	readyKept = time.Second     // for which the answer is kept
)

// readiness is whether the cluster could answer when it was asked last.
type readiness struct {
	mu  sync.Mutex
	of  string // alias of the index
	at  time.Time
	err error
}

// Ready returns an error if no generation is served, or if a shard of it doesn't answer in time. It asks at most once
// a second.
func (l *Live) Ready(ctx context.Context) error {
	s, err := l.acquire()
	if err != nil {
		return err
	}
	defer l.release(s)
	r := &l.ready
	r.mu.Lock()
	defer r.mu.Unlock()
	if alias := s.manifest.Alias; r.of != alias || time.Since(r.at) >= readyKept {
		// The answer is for other callers, too, whatever becomes of this one.
		asking, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyTime)
		defer cancel()
		err := s.respond(asking)
		r.of, r.at, r.err = alias, time.Now(), err
		if err != nil {
			l.warn(err)
		}
	}
	return r.err
}

// respond asks every shard for something that costs next to nothing.
func (e *Engine) respond(ctx context.Context) error {
	body := object{"query": dsl.MatchAll, "size": 0, "track_total_hits": false, "terminate_after": 1}
	var answer hitsAnswer
	return e.search(ctx, body, &answer)
}
