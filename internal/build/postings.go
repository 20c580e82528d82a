package build

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
	blevedocument "github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"

	"xunwen/internal/document"
	"xunwen/internal/index"
	"xunwen/internal/scorchplugin"
	"xunwen/internal/segment"
)

// segmentFile is the name of the segment of a volume until bleve gives it another.
const segmentFile = "segment"

// writePostings writes the posting lists of a volume to a file.
func (b *volumeBuilder) writePostings(ctx context.Context, file string) error {
	documents := b.inverted.Documents()
	if documents > math.MaxInt32 {
		return fmt.Errorf("a volume of %d paragraphs is too large", documents)
	}
	if err := b.disk.beforeMerge(b.inverted.RunBytes()); err != nil {
		return err
	}
	w, err := segment.Create(file, uint32(documents))
	if err != nil {
		return err
	}
	if err = writeIDs(w, b.articles); err == nil {
		err = b.inverted.WriteTo(ctx, segmentSink{w, b.articles})
	}
	return errors.Join(err, w.Close())
}

// articlesOfDocuments returns the article of each document.
func articlesOfDocuments(columns []index.ArticleColumns) []uint32 {
	documents := 0
	for _, a := range columns {
		documents += len(a.Documents)
	}
	of := make([]uint32, 0, documents)
	for i, a := range columns {
		for range a.Documents {
			of = append(of, uint32(i))
		}
	}
	return of
}

// writeIDs writes the field with the ids of the documents, which are in the order of those.
func writeIDs(w *segment.Writer, articles []uint32) error {
	if err := w.StartField(idField, segment.FieldOptions{Inverse: true}); err != nil {
		return err
	}
	doc := []uint32{0}
	first := 0 // document of the article
	for i, a := range articles {
		if a != articles[first] {
			first = i
		}
		doc[0] = uint32(i)
		if err := w.Term([]byte(index.DocumentID(int(a), i-first)), doc, nil); err != nil {
			return err
		}
	}
	return w.EndField()
}

// segmentSink implements inversion.Sink.
type segmentSink struct {
	*segment.Writer
	articles []uint32 // by document
}

// StartField begins a field. The columns have the lengths of documents, so the segment needs
// none.
func (s segmentSink) StartField(name string) error {
	o := segment.FieldOptions{Frequencies: document.IsAnalyzed(name)}
	if o.Frequencies {
		o.Summarize = s.summarize
	}
	return s.Writer.StartField(name, o)
}

// summarize counts the articles of documents.
func (s segmentSink) summarize(docs []uint32) segment.Summary {
	var out segment.Summary
	last := uint32(math.MaxUint32)
	for _, doc := range docs {
		if a := s.articles[doc]; a != last {
			out.Articles, last = out.Articles+1, a
		}
	}
	return out
}

// publishSegment makes a bleve index of a segment, which it moves.
func publishSegment(file, dir, tmp string) error {
	out, err := bleve.NewBuilder(dir, finishedMapping{newMapping()}, map[string]any{
		"forceSegmentType":    scorchplugin.Type,
		"forceSegmentVersion": scorchplugin.Version,
		"batchSize":           1,
		"buildPathPrefix":     tmp,
	})
	if err != nil {
		return err
	}
	if err := out.Index("volume", file); err != nil {
		return errors.Join(err, out.Close())
	}
	if err := out.Close(); err != nil {
		return err
	}
	return protect(filepath.Join(dir, metaFile))
}

// metaFile is a file that bleve lets everybody write who the umask lets.
const metaFile = "index_meta.json"

// protect takes the right to write to a file from all but its owner.
func protect(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	return os.Chmod(file, info.Mode().Perm()&^0o022)
}

// finishedMapping makes one document of a finished segment.
type finishedMapping struct{ *mapping.IndexMappingImpl }

// MapDocument adds the segment in the file data to doc.
func (finishedMapping) MapDocument(doc *blevedocument.Document, data any) error {
	file, ok := data.(string)
	if !ok {
		return fmt.Errorf("mapping %T: not the name of a file", data)
	}
	doc.AddField(&scorchplugin.Finished{File: file})
	return nil
}
