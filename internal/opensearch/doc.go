// Package opensearch answers from an index in an OpenSearch cluster.
//
// The cluster decides what matches, counts it, and orders it roughly; package engine, over an index in
// memory of the candidates (memindex) with the statistics of the whole, orders them finally and makes
// the hits. How the index is laid out is in package layout, what is asked of it in package dsl, and how it
// is made in package publication. Read engine.go first, then search.go and window.go.
//
// It may import internal/{analyzer,engine,generation,index,memindex,news,query,search,suggest,workers} and
// internal/opensearch/{client,dsl,layout} of this module.
package opensearch
