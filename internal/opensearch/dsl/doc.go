// Package dsl translates conditions of package engine into OpenSearch's query DSL, over the fields of
// package layout. It sends nothing.
//
// It may import internal/{analyzer,engine,numeral,opensearch/layout,query,search,textnorm} of this module.
// Read condition.go first.
package dsl
