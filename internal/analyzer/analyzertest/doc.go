// Package analyzertest has dictionaries for tests of what stands above the
// analyzer: real ones, of frequent words alone, which load at once.
//
// It may import only internal/analyzer of this module.
package analyzertest
