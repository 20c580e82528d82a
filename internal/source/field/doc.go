// Package field knows how the members of a record are called: by the names of an article
// record, by other names that are in use, and by those that a user maps. It makes articles of
// members, whatever format they come from, and says how to get a record with unknown members
// in.
//
// It must not read files. Of this module it imports internal/news, internal/textnorm and
// internal/source/markup only. Read names.go first, then article.go.
package field
