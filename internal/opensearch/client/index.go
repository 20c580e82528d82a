package client

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// DeleteIndexes deletes indexes in one step; those that don't exist are no error.
func (c *Client) DeleteIndexes(ctx context.Context, names ...string) error {
	path := Path(strings.Join(names, ",")) + "?ignore_unavailable=true"
	var err error
	for range deleteAttempts {
		if err = c.Insist(ctx, http.MethodDelete, path, nil, nil); !IsStatus(err, http.StatusNotFound) {
			return err
		}
		// Someone else deleted one of them at the same time, and the others are still there.
	}
	return err
}

// deleteAttempts bounds the attempts to delete indexes that others delete too.
const deleteAttempts = 10

// Aliased lists the indexes that an alias points to.
func (c *Client) Aliased(ctx context.Context, name string) ([]string, error) {
	aliases, err := c.Aliases(ctx, name)
	return slices.Sorted(maps.Keys(aliases)), err
}

// Aliases returns the indexes that an alias points to, with all aliases of each.
func (c *Client) Aliases(ctx context.Context, name string) (map[string][]string, error) {
	var answer map[string]struct {
		Aliases map[string]json.RawMessage `json:"aliases"`
	}
	err := c.Do(ctx, http.MethodGet, Path(name, "_alias"), nil, &answer)
	if IsStatus(err, http.StatusNotFound) {
		return nil, nil
	}
	out := map[string][]string{}
	for index, of := range answer {
		if of.Aliases[name] != nil { // else it is an index that has the name itself
			out[index] = slices.Sorted(maps.Keys(of.Aliases))
		}
	}
	return out, err
}
