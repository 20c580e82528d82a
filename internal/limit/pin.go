package limit

import (
	"context"

	"xunwen/internal/search"
)

// Pin implements search.Engine. It counts as an export as long as it lasts. Each request to the
// pinned engine waits for a slot as an expensive one does, so that many of them one after
// another leave half of the slots to other clients.
func (e *Engine) Pin(ctx context.Context, do func(context.Context, search.Engine) error) error {
	if !e.exports.TryAcquire(1) {
		e.rejected.Add(1)
		return search.ErrTooManyExports
	}
	defer e.exports.Release(1)
	e.exporting.Add(1)
	defer e.exporting.Add(-1)

	return e.engine.Pin(ctx, func(ctx context.Context, pinned search.Engine) error {
		one := func(ctx context.Context, _ *search.Call, next func(context.Context, search.Engine) error) error {
			if err := e.enter(ctx, e.expensive); err != nil {
				return err
			}
			defer e.exit(e.expensive)
			return next(ctx, pinned)
		}
		return do(ctx, search.Intercept(one, pinned.Generation))
	})
}
