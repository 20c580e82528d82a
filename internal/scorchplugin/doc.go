// Package scorchplugin lets bleve read and write segments of package segment: scorch, bleve's
// index, builds, merges, deletes from and searches them as its own.
//
// Importing it registers the plug-in. An index uses it with
//
//	map[string]any{"forceSegmentType": scorchplugin.Type, "forceSegmentVersion": scorchplugin.Version}
//
// A segment numbers its documents in the order of their ids, after a merge too.
//
// Start with plugin.go. New (plugin_new.go) refuses what a segment has no place for: term
// vectors, stored values except the id, doc values, vectors.
package scorchplugin
