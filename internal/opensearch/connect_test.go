package opensearch

import "testing"

func connect(t *testing.T, urls ...string) *Client {
	c, err := Connect(Connection{Addresses: urls})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
