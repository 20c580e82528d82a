// Package webarchive lists the web pages in a WARC file, which crawlers write, using
// github.com/nlnwa/gowarc.
//
// It knows records and HTTP, not articles. It imports nothing of this module but archive, for
// its bounds. Read pages.go first.
package webarchive
