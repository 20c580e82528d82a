package engine

import (
	"context"
	"sync/atomic"
)

// lazy is a value that is built when it is first asked for and then kept. One caller
// builds it, even if its request is cancelled meanwhile: otherwise a value that takes longer
// than the time limit of a request would never be built. The others wait. After an error the
// next caller builds it again.
type lazy[T any] struct {
	build func(context.Context) (T, error)
	value atomic.Pointer[T]
	turn  chan struct{} // to build
}

func newLazy[T any](build func(context.Context) (T, error)) *lazy[T] {
	return &lazy[T]{build: build, turn: make(chan struct{}, 1)}
}

// get returns the value, which must not be changed.
func (l *lazy[T]) get(ctx context.Context) (T, error) {
	var none T
	if v := l.value.Load(); v != nil {
		return *v, nil
	}
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if v := l.value.Load(); v != nil { // built meanwhile
		return *v, nil
	}
	v, err := l.build(context.WithoutCancel(ctx))
	if err != nil {
		return none, err
	}
	l.value.Store(&v)
	return v, nil
}
