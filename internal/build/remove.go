package build

import (
	"context"
	"fmt"
	"strings"

	"xunwen/internal/generation"
	"xunwen/internal/index"
)

// UnknownError lists ids that no article of an index has.
type UnknownError struct{ IDs []string }

func (e *UnknownError) Error() string {
	const shown = 5
	list := strings.Join(e.IDs[:min(len(e.IDs), shown)], ", ")
	if more := len(e.IDs) - shown; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return "no article has the id " + list + ": nothing was removed"
}

// Remove publishes a generation without the articles that have ids. It ignores
// the options about reading. Errors: *UnknownError; ErrAllRemoved;
// those of Index.
func Remove(ctx context.Context, o Options, ids []string) (Summary, error) {
	o.Append = true
	if _, err := generation.In(o.Out).Current(); err != nil {
		return Summary{}, err
	}
	return change(ctx, o, func(_ context.Context, b *builder) error { return b.remove(ids) })
}

func (b *builder) remove(ids []string) error {
	seen := map[string]bool{}
	var unknown []string
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		a, at, err := b.base.article(id)
		if err != nil {
			return err
		}
		if a == nil {
			unknown = append(unknown, id)
			continue
		}
		b.base.markDeleted(at)
		b.size.Subtract(index.SizeOf(a))
	}
	if len(unknown) > 0 {
		return &UnknownError{unknown}
	}
	b.removed = len(seen)
	if b.base.alive() == 0 {
		return ErrAllRemoved
	}
	return nil
}
