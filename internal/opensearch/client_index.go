package opensearch

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
)

// deleteIndexes deletes indexes; those that don't exist are no error.
func (c *Client) deleteIndexes(ctx context.Context, names ...string) error {
	for _, name := range names {
		err := c.do(ctx, http.MethodDelete, pathOf(name), nil, nil)
		if err != nil && !isStatus(err, http.StatusNotFound) {
			return err
		}
	}
	return nil
}

// aliased lists the indexes that an alias points to.
func (c *Client) aliased(ctx context.Context, name string) ([]string, error) {
	var answer map[string]json.RawMessage
	err := c.do(ctx, http.MethodGet, pathOf("_alias", name), nil, &answer)
	if isStatus(err, http.StatusNotFound) {
		return nil, nil
	}
	var out []string
	for index := range answer {
		out = append(out, index)
	}
	slices.Sort(out)
	return out, err
}
