package limit

import (
	"context"
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/semaphore"

	"xunwen/internal/search"
)

// lane has places for questions that are computed and bounds how many there are
// with those that wait.
type lane struct {
	places   *semaphore.Weighted // first come, first served
	admitted atomic.Int64        // computed or waiting
	most     int64               // of them
}

func newLane(running, waiting int) *lane {
	return &lane{places: semaphore.NewWeighted(int64(running)), most: int64(running + waiting)}
}

// admit returns search.ErrBusy, wrapped, where as many as may be are there.
func (l *lane) admit() error {
	if l.admitted.Add(1) > l.most {
		l.admitted.Add(-1)
		return fmt.Errorf("%w: %d questions are computed or wait", search.ErrBusy, l.most)
	}
	return nil
}

func (l *lane) dismiss() { l.admitted.Add(-1) }

// lanes are those that a question passes, in order.
type lanes []*lane

func (all lanes) admit() error {
	for i, l := range all {
		if err := l.admit(); err != nil {
			all[:i].dismiss()
			return err
		}
	}
	return nil
}

func (all lanes) dismiss() {
	for _, l := range all {
		l.dismiss()
	}
}

// enter waits for a place in each.
func (all lanes) enter(ctx context.Context) error {
	for i, l := range all {
		if err := l.places.Acquire(ctx, 1); err != nil {
			all[:i].leave()
			return err
		}
	}
	return nil
}

func (all lanes) leave() {
	for _, l := range all {
		l.places.Release(1)
	}
}
