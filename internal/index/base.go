package index

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"

	"xunwen/internal/engine"
	"xunwen/internal/generation"
	"xunwen/internal/record"
	"xunwen/internal/segment"
)

// Base is what a build that adds to a generation needs of it: its articles and where they are.
// It opens faster than Files, which has columns for searches.
type Base struct {
	Manifest *generation.Manifest
	Settings Settings
	Records  *Library
	Groups   Groups
	postings *Postings
}

// OpenBase opens the generation at path without checking or pinning it.
func OpenBase(path string, m *generation.Manifest, s Settings) (*Base, error) {
	deleted, groups, err := readCatalog(filepath.Join(path, CatalogFile), volumeSizes(s), m.Articles)
	if err != nil {
		return nil, err
	}
	b := &Base{Manifest: m, Settings: s, Groups: groups}
	if b.postings, b.Records, err = openVolumes(path, s, deleted); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	for i, v := range b.Records.Volumes {
		if of := b.postings.segments[i]; int(of.Documents()) != v.columns.documents() {
			return nil, errors.Join(documentsDiffer(of, v), b.Close())
		}
	}
	return b, nil
}

// Find returns the place of the article with an id, its volume and its number there; ok is
// false if no article that isn't deleted has the id.
func (b *Base) Find(id string) (volume, number int, ok bool, err error) {
	c := b.postings.cursor()
	defer b.postings.release(c)
	for i, v := range b.Records.Volumes {
		term, found, err := b.postings.segments[i].Field(engine.ArticleID).Lookup(id)
		if err == nil && !found {
			continue
		}
		var heads []uint32
		if err == nil {
			heads, err = term.AppendDocs(nil, c)
		}
		if err != nil {
			return 0, 0, false, fmt.Errorf("article %s: %w", id, damage(err))
		}
		for _, head := range heads {
			if number := v.columns.ends.seek(head + 1); !v.Deleted.Has(number) {
				return i, number, true, nil
			}
		}
	}
	return 0, 0, false, nil
}

// Segment returns the segment of a volume.
func (b *Base) Segment(volume int) *segment.Segment { return b.postings.segments[volume].Segment }

// Close closes the files.
func (b *Base) Close() error { return errors.Join(b.postings.Close(), b.Records.Close()) }

// CheckedWhenRead reports whether every part of a file is compared with a checksum of its own
// when it is read.
func CheckedWhenRead(file string) bool {
	return path.Base(file) == record.File || path.Ext(file) == segmentExtension
}
