// Package client sends requests to an OpenSearch cluster: it connects, signs in, tries again what another
// node or a later moment may answer, and refuses answers that lack a part of what was asked for.
//
// It may import internal/search of this module. Read client.go first, then search.go.
package client
