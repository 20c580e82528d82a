package live

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestWatcherLooks checks that a watcher looks at each interval, and at once when it is
// woken, until its context ends.
func TestWatcherLooks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWatcher(time.Second)
		ctx, stop := context.WithCancel(t.Context())
		var looks atomic.Int64
		var ended atomic.Bool
		go func() {
			w.run(ctx, func(context.Context) {
				if looks.Add(1) == 5 {
					w.wake()
					w.wake()
				}
			})
			ended.Store(true)
		}()
		for _, step := range []struct {
			name  string
			after time.Duration
			wake  bool
			want  int64
		}{
			{"before the first interval", time.Second - 1, false, 0},
			{"after it", 1, false, 1},
			{"after two more", 2 * time.Second, false, 3},
			{"woken", 0, true, 4},
			{"woken, and twice more while it looks", 0, true, 6},
		} {
			if step.wake {
				w.wake()
			}
			time.Sleep(step.after)
			synctest.Wait()
			if got := looks.Load(); got != step.want {
				t.Errorf("%s: %d looks, want %d", step.name, got, step.want)
			}
		}
		stop()
		synctest.Wait()
		if !ended.Load() {
			t.Error("it does not end with its context")
		}
	})
}
