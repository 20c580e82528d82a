package live

import (
	"context"
	"fmt"

	"xunwen/internal/search"
)

// Export implements search.Engine. The generation that it began with stays open
// until it ends. Hits are passed on in batches, each after a check that the
// files it was made of did not change.
func (e *Engine) Export(ctx context.Context, r search.ExportRequest, sink search.Sink) error {
	s, err := e.acquire()
	if err != nil {
		return err
	}
	defer e.release(s)
	out := &batch{to: sink, intact: s.Guard.Verify}
	damage := s.intact(func() error {
		if err = s.Engine.Export(ctx, r, out); err == nil {
			err = out.flush()
		}
		return err
	})
	if damage != nil {
		return e.markDamaged(s, damage)
	}
	return err
}

// A batch is how many hits of an export wait for the next check, which costs as much as some
// hits: so many, or fewer with so much text.
const (
	batchHits  = 64
	batchBytes = 1 << 20
)

// batch passes hits on that were made of sound files.
type batch struct {
	to     search.Sink
	intact func() error
	hits   []exported
	bytes  int // of their texts
	damage error
}

type exported struct {
	hit   search.Hit
	marks []search.Marked
}

// Begin implements search.Sink.
func (b *batch) Begin(o search.Origin) error {
	if b.damage = b.intact(); b.damage != nil {
		return fmt.Errorf("before the export: %w", b.damage)
	}
	return b.to.Begin(o)
}

// Write implements search.Sink.
func (b *batch) Write(h search.Hit, marks []search.Marked) error {
	for _, m := range marks {
		b.bytes += len(m.Text)
	}
	if b.hits = append(b.hits, exported{h, marks}); len(b.hits) < batchHits && b.bytes < batchBytes {
		return nil
	}
	return b.flush()
}

func (b *batch) flush() error {
	if b.damage = b.intact(); b.damage != nil {
		return fmt.Errorf("during the export: %w", b.damage)
	}
	for _, x := range b.hits {
		if err := b.to.Write(x.hit, x.marks); err != nil {
			return err
		}
	}
	clear(b.hits) // nothing keeps their texts
	b.hits, b.bytes = b.hits[:0], 0
	return nil
}
