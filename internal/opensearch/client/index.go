package client

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// DeleteIndexes deletes indexes in one step; those that don't exist are no error.
func (c *Client) DeleteIndexes(ctx context.Context, names ...string) error {
	return c.Insist(ctx, http.MethodDelete, Path(strings.Join(names, ","))+"?ignore_unavailable=true", nil, nil)
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
