package scorchplugin

import (
	"fmt"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	indexapi "github.com/blevesearch/bleve_index_api"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"

	"xunwen/internal/segment"
)

// What an index says about its segments.
const (
	Type    = "xwseg"
	Version = 1
)

func init() { scorch.RegisterSegmentPlugin(plugin{}, false) }

// plugin implements scorch.SegmentPlugin.
type plugin struct{}

func (plugin) Type() string    { return Type }
func (plugin) Version() uint32 { return Version }

func (p plugin) New(documents []indexapi.Document) (segmentapi.Segment, uint64, error) {
	return p.NewUsing(documents, nil)
}

func (p plugin) Open(path string) (segmentapi.Segment, error) { return p.OpenUsing(path, nil) }

func (plugin) OpenUsing(path string, _ map[string]any) (segmentapi.Segment, error) {
	s, err := segment.Open(path)
	if err != nil {
		return nil, err
	}
	out := &Segment{reader: reader{s}}
	out.users.Store(1)
	return out, nil
}

func (p plugin) Merge(
	segments []segmentapi.Segment, drops []*roaring.Bitmap, path string,
	closed chan struct{}, s segmentapi.StatsReporter,
) ([][]uint64, uint64, error) {
	return p.MergeUsing(segments, drops, path, closed, s, nil)
}

// idField is the field with the ids of documents.
const idField = "_id"

// reader implements segmentapi.Segment except for how long it is open.
type reader struct{ file *segment.Segment }

// noStatistics implements segmentapi.DiskStatsReporter: files are mapped, so nobody knows how
// much is read.
type noStatistics struct{}

func (noStatistics) BytesRead() uint64     { return 0 }
func (noStatistics) BytesWritten() uint64  { return 0 }
func (noStatistics) ResetBytesRead(uint64) {}

func (reader) BytesRead() uint64     { return 0 }
func (reader) BytesWritten() uint64  { return 0 }
func (reader) ResetBytesRead(uint64) {}

func (r reader) Count() uint64 { return uint64(r.file.Documents()) }

func (r reader) Size() int { return r.file.Size() }

func (r reader) Fields() []string {
	var names []string
	for _, f := range r.file.Fields() {
		names = append(names, f.Name())
	}
	return names
}

func (r reader) Dictionary(field string) (segmentapi.TermDictionary, error) {
	return &dictionary{r.file.Field(field)}, nil
}

func (r reader) DocID(number uint64) ([]byte, error) {
	if number >= r.Count() {
		return nil, fmt.Errorf("document %d of %d does not exist", number, r.Count())
	}
	return r.file.Field(idField).TermOf(uint32(number))
}

func (r reader) DocNumbers(ids []string) (*roaring.Bitmap, error) {
	found := roaring.New()
	var c segment.Cursor
	for _, id := range ids {
		term, ok, err := r.file.Field(idField).Lookup(id)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		docs, err := term.AppendDocs(nil, &c)
		if err != nil {
			return nil, err
		}
		found.AddMany(docs)
	}
	return found, nil
}

// VisitStoredFields visits the id, the only value that is stored.
func (r reader) VisitStoredFields(number uint64, visit segmentapi.StoredFieldValueVisitor) error {
	id, err := r.DocID(number)
	if err != nil {
		return err
	}
	const text = 't' // how bleve encodes the type of an id
	visit(idField, text, id, nil)
	return nil
}

// Segment is an open file, as in scorch.IndexSnapshot.Segments. It implements segmentapi.PersistedSegment.
type Segment struct {
	reader
	users atomic.Int64
}

// File returns the file.
func (s *Segment) File() *segment.Segment { return s.file }

// Path returns the name of the file.
func (s *Segment) Path() string { return s.file.Path() }

// AddRef counts a user.
func (s *Segment) AddRef() { s.users.Add(1) }

// DecRef closes the file after its last user.
func (s *Segment) DecRef() error {
	if s.users.Add(-1) == 0 {
		return s.file.Close()
	}
	return nil
}

// Close is DecRef.
func (s *Segment) Close() error { return s.DecRef() }
