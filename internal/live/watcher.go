package live

import (
	"context"
	"time"
)

// watcher says when to look for another generation: at intervals, and when it is
// woken.
type watcher struct {
	poll  time.Duration
	woken chan struct{}
}

func newWatcher(poll time.Duration) *watcher {
	return &watcher{poll: poll, woken: make(chan struct{}, 1)}
}

// run calls look until ctx ends.
func (w *watcher) run(ctx context.Context, look func(context.Context)) {
	tick := time.NewTicker(w.poll)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-w.woken:
		}
		look(ctx)
	}
}

// wake makes run look before the next poll. It does not wait.
func (w *watcher) wake() {
	select {
	case w.woken <- struct{}{}:
	default: // run has not seen the last one yet
	}
}
