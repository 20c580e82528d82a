// Package archive lists the files in .zip and .tar archives, one after another, within bounds
// that no real archive exceeds and every bomb does.
//
// It knows archives, not formats of articles. It imports nothing of this module but charset,
// for the names of files. Read archive.go first.
package archive
