// Package build writes generations of an index: it adds articles to the
// published one or begins without it, removes articles, and publishes the
// result.
//
// Start with build.go. Index and Remove go through these steps, each in the file
// that is named:
//
//	base.go          open the generation that is added to, and its dictionaries
//	ingest.go        store the articles that come in; replace those with the same id
//	remove.go        or mark articles as deleted
//	mergepolicy.go   decide which volumes are shared, and which are indexed again
//	merge.go         share volumes and make new ones
//	mergelists.go    of the posting lists of others, if they are large
//	volume.go        index the articles of a new volume, by documents.go
//	postings.go      write its segment and let bleve publish that, with mapping.go
//	neardups.go      group near-duplicates
//	lexicon.go       count terms, or change the counts by termdelta.go
//	smoketest.go     open the result and search it
//
// memlimit.go, mapped_linux.go and diskspace.go keep a build within its bounds.
// The package must not import live or anything of HTTP.
package build
