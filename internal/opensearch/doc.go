// Package opensearch keeps an index in an OpenSearch cluster and answers from it.
//
// The cluster decides what matches, counts it, and orders it roughly; package engine, over an index in
// memory of the candidates (memindex) with the statistics of the whole, orders them finally and makes
// the hits. The layout of the index is in schema.go and documents.go, what is asked of it in query.go.
//
// It may import internal/{analyzer,document,engine,index,memindex,news,numeral,query,search,suggest,textnorm,workers}
// of this module.
package opensearch
