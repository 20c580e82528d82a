package publication

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"xunwen/internal/opensearch/client"
)

// checkTime is how long Check sends each of its two requests again.
const checkTime = 30 * time.Second

// Check reports what keeps a generation from being published under a name: that the cluster can't be reached or is
// something else than OpenSearch, or that it doesn't let this user make and delete indexes. Without an error, an
// index was made and deleted.
func Check(ctx context.Context, c *client.Client, name string) error {
	if err := checkServer(ctx, c); err != nil {
		return err
	}
	index := name + "-check"
	body := object{"settings": object{"index": object{"number_of_shards": 1, "number_of_replicas": 0}}}
	path := client.Path(index) + "?wait_for_active_shards=0"
	err := c.InsistFor(ctx, checkTime, http.MethodPut, path, body, nil)
	var answer *client.StatusError
	if errors.As(err, &answer) && answer.Type == "resource_already_exists_exception" {
		err = nil // by another check, or one that was interrupted
	}
	if err == nil {
		err = c.InsistFor(ctx, checkTime, http.MethodDelete, client.Path(index)+"?ignore_unavailable=true", nil, nil)
	}
	if err != nil {
		return fmt.Errorf("the cluster takes no index: %w", err)
	}
	return nil
}

// checkServer returns an error if a server answers that is not OpenSearch. A user may lack the right to ask for its
// version, and a cluster may be busy: that is none here.
func checkServer(ctx context.Context, c *client.Client) error {
	var server struct {
		Version struct {
			Number string `json:"number"`
		} `json:"version"`
	}
	err := c.Do(ctx, http.MethodGet, "/", nil, &server)
	switch {
	case err == nil && server.Version.Number == "":
		return fmt.Errorf("%w: its answer to GET / has no version", errOtherServer)
	case client.IsUnreadable(err):
		return fmt.Errorf("%w: %w", errOtherServer, err)
	}
	return nil
}

var errOtherServer = errors.New("what answers there is not OpenSearch: correct --url")
