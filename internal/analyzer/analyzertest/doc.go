// Package analyzertest has dictionaries for tests of packages that use the
// analyzer: the frequent words of the real ones, which load in no time.
//
// It may import only internal/analyzer of this module.
package analyzertest
