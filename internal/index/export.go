package index

import (
	"context"
	"fmt"

	"xunwen/internal/search"
)

// Export implements search.Engine. The generation that it began with stays open
// until it ends.
func (l *Live) Export(ctx context.Context, r search.ExportRequest, sink search.Sink) error {
	s, err := l.acquire()
	if err != nil {
		return err
	}
	defer l.release(s)
	out := &batch{to: sink, intact: s.seal.Intact}
	fault := guard(s.seal.Intact, func() {
		if err = s.Engine.Export(ctx, r, out); err == nil {
			err = out.flush()
		}
	})
	if fault == nil {
		fault = out.fault
	}
	if fault != nil {
		return l.condemn(s, fault)
	}
	return err
}

// batchHits is how many hits of an export are kept until it is known that the
// files they came from were not changed: to look costs as much as some hits.
const batchHits = 64

// batch passes hits on when they were made of sound files.
type batch struct {
	to     search.Sink
	intact func() error
	hits   []exported
	fault  error
}

type exported struct {
	hit   search.Hit
	marks []search.Marked
}

// Begin implements search.Sink.
func (b *batch) Begin(o search.Origin) error {
	if b.fault = b.intact(); b.fault != nil {
		return fmt.Errorf("before the export: %w", b.fault)
	}
	return b.to.Begin(o)
}

// Write implements search.Sink.
func (b *batch) Write(h search.Hit, marks []search.Marked) error {
	if b.hits = append(b.hits, exported{h, marks}); len(b.hits) < batchHits {
		return nil
	}
	return b.flush()
}

func (b *batch) flush() error {
	if b.fault = b.intact(); b.fault != nil {
		return fmt.Errorf("during the export: %w", b.fault)
	}
	for _, x := range b.hits {
		if err := b.to.Write(x.hit, x.marks); err != nil {
			return err
		}
	}
	b.hits = b.hits[:0]
	return nil
}
