package limit

import (
	"context"
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/semaphore"

	"xunwen/internal/search"
)

// queue has slots for requests that run and bounds how many requests there are,
// those that wait included.
type queue struct {
	slots  *semaphore.Weighted // first come, first served
	length atomic.Int64        // requests that run or wait
	most   int64               // of them
}

func newQueue(running, waiting int) *queue {
	return &queue{slots: semaphore.NewWeighted(int64(running)), most: int64(running + waiting)}
}

// join returns search.ErrBusy, wrapped, if the queue is full.
func (q *queue) join() error {
	if q.length.Add(1) > q.most {
		q.length.Add(-1)
		return fmt.Errorf("%w: %d requests run or wait", search.ErrBusy, q.most)
	}
	return nil
}

func (q *queue) leave() { q.length.Add(-1) }

// class is a priority class: the queues in which its requests need a slot, in
// order.
type class []*queue

// join joins all queues or none.
func (c class) join() error {
	for i, q := range c {
		if err := q.join(); err != nil {
			c[:i].leave()
			return err
		}
	}
	return nil
}

func (c class) leave() {
	for _, q := range c {
		q.leave()
	}
}

// acquire waits for a slot in each queue.
func (c class) acquire(ctx context.Context) error {
	for i, q := range c {
		if err := q.slots.Acquire(ctx, 1); err != nil {
			c[:i].release()
			return err
		}
	}
	return nil
}

func (c class) release() {
	for _, q := range c {
		q.slots.Release(1)
	}
}
