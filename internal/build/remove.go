package build

import (
	"context"
	"fmt"
	"strings"

	"xunwen/internal/generation"
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

// Remove publishes a generation without the articles that have ids. Of o it
// takes what is not about reading. Errors: *UnknownError; ErrEmpty, where
// nothing would be left; as Build's.
func Remove(ctx context.Context, o Options, ids []string) (Summary, error) {
	o.Append = true
	if _, err := generation.In(o.Out).Current(); err != nil {
		return Summary{}, err
	}
	return change(ctx, o, func(_ context.Context, b *builder) error { return b.remove(ids) })
}

func (b *builder) remove(ids []string) error {
	known := map[string]bool{}
	var unknown []string
	for _, id := range ids {
		if known[id] {
			continue
		}
		found, err := b.leave(id)
		if err != nil {
			return err
		}
		if !found {
			unknown = append(unknown, id)
		}
		known[id] = true
	}
	if len(unknown) > 0 {
		return &UnknownError{unknown}
	}
	b.removed = len(known)
	if b.base.there() == 0 {
		return fmt.Errorf("all of its articles would be gone: %w", ErrEmpty)
	}
	return nil
}
