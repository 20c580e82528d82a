package client

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
)

// DeleteIndexes deletes indexes; those that don't exist are no error.
func (c *Client) DeleteIndexes(ctx context.Context, names ...string) error {
	for _, name := range names {
		err := c.Do(ctx, http.MethodDelete, Path(name), nil, nil)
		if err != nil && !IsStatus(err, http.StatusNotFound) {
			return err
		}
	}
	return nil
}

// Aliased lists the indexes that an alias points to.
func (c *Client) Aliased(ctx context.Context, name string) ([]string, error) {
	var answer map[string]json.RawMessage
	err := c.Do(ctx, http.MethodGet, Path("_alias", name), nil, &answer)
	if IsStatus(err, http.StatusNotFound) {
		return nil, nil
	}
	var out []string
	for index := range answer {
		out = append(out, index)
	}
	slices.Sort(out)
	return out, err
}
