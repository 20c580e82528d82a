package opensearch

import (
	"context"
	"encoding/json"
)

// search sends a search of the index.
func (e *Engine) search(ctx context.Context, body object, out any) error {
	return e.client.Search(ctx, e.index, e.preference, body, out)
}

// searchEach sends several searches of the index in one request, and returns the answer of each.
func (e *Engine) searchEach(ctx context.Context, bodies []object) ([]json.RawMessage, error) {
	return e.client.SearchEach(ctx, e.index, e.preference, bodies)
}
