// Package memindex is an index of a few articles in memory, over which an engine.Engine answers as
// over a generation on disk. Start with index.go.
//
// It may import internal/{analyzer,document,engine,news,textnorm,workers} of this module.
package memindex
