package scorchplugin

import (
	"os"

	indexapi "github.com/blevesearch/bleve_index_api"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"

	"xunwen/internal/segment"
)

// Finished is a field that makes its document stand for all documents of the segment in a
// file, which the index then has instead. So bleve's offline builder publishes a segment that
// was written without it. The document must be the only one.
type Finished struct{ File string }

func (f *Finished) Name() string                                        { return "" }
func (f *Finished) Value() []byte                                       { return nil }
func (f *Finished) ArrayPositions() []uint64                            { return nil }
func (f *Finished) EncodedFieldType() byte                              { return 't' }
func (f *Finished) Analyze()                                            {}
func (f *Finished) Options() indexapi.FieldIndexingOptions              { return 0 }
func (f *Finished) AnalyzedLength() int                                 { return 0 }
func (f *Finished) AnalyzedTokenFrequencies() indexapi.TokenFrequencies { return nil }
func (f *Finished) NumPlainTextBytes() uint64                           { return 0 }
func (f *Finished) Size() int                                           { return len(f.File) }

// finishedFile returns the file of the only document if that has a field Finished, "" if not.
func finishedFile(documents []indexapi.Document) (file string) {
	if len(documents) == 1 {
		documents[0].VisitFields(func(f indexapi.Field) {
			if f, ok := f.(*Finished); ok {
				file = f.File
			}
		})
	}
	return file
}

// finishedSegment implements segmentapi.UnpersistedSegment for a segment that has a file.
type finishedSegment struct {
	*memorySegment
	path string
}

func openFinished(path string) (segmentapi.Segment, uint64, error) {
	file, err := segment.Open(path)
	if err != nil {
		return nil, 0, err
	}
	return &finishedSegment{&memorySegment{reader{file}}, path}, uint64(file.Size()), nil
}

// Persist moves the file, which must be on the same disk.
func (s *finishedSegment) Persist(path string) error {
	if err := s.file.Close(); err != nil {
		return err
	}
	return os.Rename(s.path, path)
}
