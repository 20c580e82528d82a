// Package publication copies generations of an index folder into an OpenSearch cluster, points the alias to
// the one that is served, and lists and deletes them.
//
// It may import internal/{analyzer,index,opensearch/client,opensearch/layout,workers} of this module. Read publish.go
// first, then load.go and clone.go.
package publication
