// Package layout is how an index is laid out in an OpenSearch cluster: its mapping and fields, the root
// documents of an article with their tokens, and the manifest of a generation.
//
// It may import internal/{analyzer,engine,news,opensearch/client,textnorm} of this module. Read schema.go
// first, then documents.go.
package layout
