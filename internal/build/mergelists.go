package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"xunwen/internal/document"
	"xunwen/internal/index"
	"xunwen/internal/segment"
)

// leastByLists is how many articles a volume that is made of others has at least to be made of
// their posting lists. The texts of fewer are analyzed again in a second or two, which finds
// compounds that are frequent only in all of them.
const leastByLists = 4096

// byLists returns which planned volumes, of so many articles each, are made of the posting lists
// of others: none if half of all articles are analyzed anyway, since all terms are counted and
// all texts are mined then (see writeLexicon).
func (b *builder) byLists(volumes []plannedVolume, articles []int) []bool {
	least := b.leastByLists
	if least == 0 {
		least = leastByLists
	}
	joined, analyzed := make([]bool, len(volumes)), 0
	for i, p := range volumes {
		joined[i] = len(p.from) > 0 && articles[i] >= least && 2*articles[i] <= b.articles()
		if !joined[i] && p.from != nil {
			analyzed += articles[i]
		}
	}
	if b.rebuildAll() || 2*analyzed > b.articles() {
		return make([]bool, len(volumes))
	}
	return joined
}

// joined is a volume that was made of posting lists, as the lexicon needs to know it.
type joined struct {
	index.VolumeInfo
	incoming int        // its last articles, which were read
	terms    *termDelta // of these
}

// joinVolumes makes a volume of the posting lists of volumes of the base and of the articles that
// were read, which alone are analyzed. All records are there already.
func (b *builder) joinVolumes(ctx context.Context, v *volumeBuilder, p plannedVolume) (j joined, err error) {
	j.terms = newTermDelta()
	runs := filepath.Join(v.dir, runsDir)
	if err := os.Mkdir(runs, 0o755); err != nil {
		return j, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(runs)) }()
	var parts []*listPart
	for _, i := range p.from {
		part, err := v.addVolume(b, i)
		if err != nil {
			return j, err
		}
		parts = append(parts, part)
	}
	if p.incoming {
		s, err := b.addIncoming(ctx, v, runs)
		if err != nil {
			return j, err
		}
		defer s.Close() // read only
		j.incoming = b.incoming
		if err := j.terms.addSegment(ctx, s); err != nil {
			return j, err
		}
		parts = append(parts, &listPart{segment: s})
	}
	file := filepath.Join(runs, segmentFile)
	if err := v.joinLists(ctx, parts, file); err != nil {
		return j, err
	}
	if err := publishSegment(file, filepath.Join(v.dir, index.BleveDir), runs); err != nil {
		return j, err
	}
	return j, v.writeColumns()
}

// addVolume adds the columns and signatures of a volume of the base.
func (v *volumeBuilder) addVolume(b *builder, number int) (*listPart, error) {
	left := *b.base.Records.Volumes[number]
	left.Deleted = b.base.deleted[number]
	part := &listPart{segment: b.base.Segment(number)}
	for i := range left.Articles {
		a := left.ArticleColumns(i)
		for range a.Documents {
			part.drop = append(part.drop, left.Deleted.Has(i))
		}
		if !left.Deleted.Has(i) {
			v.columns = append(v.columns, a)
			v.progress.add(0)
		}
	}
	var err error
	v.signatures, err = index.ReadSignatures(v.signatures, b.folder.Dir(b.base.Manifest.Generation), &left)
	return part, err
}

// addIncoming analyzes the articles that were read and adds their columns and signatures. dir is
// for files.
func (b *builder) addIncoming(
	ctx context.Context, v *volumeBuilder, dir string,
) (s *segment.Segment, err error) {
	if err := os.Rename(filepath.Join(b.dir, incomingDir), filepath.Join(dir, index.RecordsDir)); err != nil {
		return nil, err
	}
	incoming := &volumeBuilder{dir: dir, memory: v.memory, words: v.words, progress: v.progress, disk: v.disk}
	defer func() { err = errors.Join(err, incoming.close()) }()
	if err := incoming.invertAll(ctx, dir); err != nil {
		return nil, err
	}
	incoming.articles = articlesOfDocuments(incoming.columns)
	file := filepath.Join(dir, "incoming-"+segmentFile)
	if err := incoming.writePostings(ctx, file); err != nil {
		return nil, err
	}
	v.mined = incoming.mined
	v.columns = append(v.columns, incoming.columns...)
	v.signatures = append(v.signatures, incoming.signatures...)
	return segment.Open(file)
}

// joinLists writes a segment of the posting lists of parts to a file.
func (v *volumeBuilder) joinLists(ctx context.Context, parts []*listPart, file string) error {
	documents, size := uint32(0), 0
	for _, p := range parts {
		documents = p.number(documents)
		size += p.segment.Size()
	}
	if err := v.disk.beforeMerge(int64(size)); err != nil {
		return err
	}
	w, err := segment.Create(file, documents)
	if err != nil {
		return err
	}
	sink := segmentSink{w, articlesOfDocuments(v.columns)}
	err = writeIDs(w, sink.articles)
	for _, name := range document.FieldNames() {
		if err == nil {
			err = sink.StartField(name)
		}
		if err == nil {
			err = joinField(ctx, parts, name, sink)
		}
		if err == nil {
			err = sink.EndField()
		}
	}
	return errors.Join(err, w.Close())
}

// listPart is a segment whose posting lists become part of another.
type listPart struct {
	segment *segment.Segment
	drop    []bool   // by document; nil if none is dropped
	numbers []uint32 // by document, in the new segment; noNumber if it is dropped
	terms   *segment.TermIterator
	cursor  segment.Cursor
}

// number numbers the documents from the first on, and returns the number after the last.
func (p *listPart) number(first uint32) uint32 {
	p.numbers = make([]uint32, p.segment.Documents())
	for doc := range p.numbers {
		if p.numbers[doc] = first; p.drop != nil && p.drop[doc] {
			p.numbers[doc] = noNumber
			continue
		}
		first++
	}
	return first
}

// joinField writes the posting lists of a field.
func joinField(ctx context.Context, parts []*listPart, name string, sink segmentSink) error {
	var left []*listPart // with further terms
	for _, p := range parts {
		if p.terms = p.segment.Field(name).Terms("", ""); p.terms.Next() {
			left = append(left, p)
		} else if err := p.terms.Err(); err != nil {
			return err
		}
	}
	var term []byte
	var docs []uint32
	var frequencies []uint16
	for len(left) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		term = append(term[:0], left[0].terms.Bytes()...)
		for _, p := range left[1:] {
			if bytes.Compare(p.terms.Bytes(), term) < 0 {
				term = append(term[:0], p.terms.Bytes()...)
			}
		}
		docs, frequencies = docs[:0], frequencies[:0]
		kept := left[:0]
		for _, p := range left {
			if bytes.Equal(p.terms.Bytes(), term) {
				var err error
				if docs, frequencies, err = p.append(docs, frequencies); err != nil {
					return fmt.Errorf("%s: %q: %w", name, term, err)
				}
				if !p.terms.Next() {
					if err := p.terms.Err(); err != nil {
						return err
					}
					continue
				}
			}
			kept = append(kept, p)
		}
		left = kept
		if len(docs) > 0 {
			if err := sink.Term(term, docs, frequencies); err != nil {
				return err
			}
		}
	}
	return nil
}

// append appends the postings of the current term, without dropped documents.
func (p *listPart) append(docs []uint32, frequencies []uint16) ([]uint32, []uint16, error) {
	from := len(docs)
	docs, frequencies, err := p.terms.Term().Append(docs, frequencies, &p.cursor)
	end := from
	for i := from; i < len(docs) && err == nil; i++ {
		if n := p.numbers[docs[i]]; n != noNumber {
			docs[end], frequencies[end] = n, frequencies[i]
			end++
		}
	}
	return docs[:end], frequencies[:end], err
}
