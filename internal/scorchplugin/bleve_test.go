package scorchplugin

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
)

// ours and zaps are the configurations of an index with our segments and with bleve's own.
var (
	ours = map[string]any{"forceSegmentType": Type, "forceSegmentVersion": Version}
	zaps = map[string]any{}
)

// newMapping indexes text and, without frequencies, kind.
func newMapping() mapping.IndexMapping {
	fields := bleve.NewDocumentStaticMapping()
	text := bleve.NewTextFieldMapping()
	text.Store, text.IncludeTermVectors, text.IncludeInAll, text.DocValues = false, false, false, false
	kind := bleve.NewKeywordFieldMapping()
	kind.Store, kind.IncludeTermVectors, kind.IncludeInAll, kind.DocValues = false, false, false, false
	kind.SkipFreqNorm = true
	fields.AddFieldMappingsAt("text", text)
	fields.AddFieldMappingsAt("kind", kind)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = fields
	m.DefaultField = "text"
	return m
}

type testDocument struct {
	Text string `json:"text"`
	Kind string `json:"kind"`
}

// testDocuments makes n documents of random words, some of which are frequent.
func testDocuments(r *rand.Rand, n int) []testDocument {
	docs := make([]testDocument, n)
	for i := range docs {
		var words []string
		for range 1 + r.IntN(40) {
			words = append(words, fmt.Sprintf("w%d", int(math.Pow(2000, r.Float64()))))
		}
		docs[i] = testDocument{strings.Join(words, " "), []string{"body", "caption", "标题"}[r.IntN(3)]}
	}
	return docs
}

func id(i int) string { return fmt.Sprintf("doc%05d", i) }

// testQueries are queries of every kind that reads the dictionary or the posting lists.
func testQueries(r *rand.Rand) []query.Query {
	term := func() string { return fmt.Sprintf("w%d", int(math.Pow(2000, r.Float64()))) }
	var out []query.Query
	for range 3 {
		and := bleve.NewBooleanQuery()
		and.AddMust(bleve.NewTermQuery(term()), bleve.NewTermQuery(term()))
		or := bleve.NewBooleanQuery()
		or.AddShould(bleve.NewTermQuery(term()), bleve.NewTermQuery(term()), bleve.NewTermQuery(term()))
		or.SetMinShould(2)
		not := bleve.NewBooleanQuery()
		not.AddMust(bleve.NewTermQuery(term()))
		not.AddMustNot(bleve.NewMatchQuery(term() + " " + term()))
		all := bleve.NewMatchQuery(term() + " " + term() + " " + term())
		all.SetOperator(query.MatchQueryOperatorAnd)
		fuzzy := bleve.NewFuzzyQuery(term())
		fuzzy.SetFuzziness(1)
		kind := bleve.NewTermQuery("标题")
		kind.SetField("kind")
		filtered := bleve.NewConjunctionQuery(bleve.NewTermQuery(term()), bleve.NewPrefixQuery("w1"))
		out = append(out,
			bleve.NewTermQuery(term()), bleve.NewTermQuery("missing"), bleve.NewMatchQuery(term()+" "+term()),
			and, or, not, all, fuzzy, kind, filtered, bleve.NewMatchAllQuery(),
			bleve.NewPrefixQuery(term()[:2]), bleve.NewWildcardQuery(term()[:2]+"?"), bleve.NewWildcardQuery("*7"),
			bleve.NewRegexpQuery("w[1-3]+0?"), bleve.NewTermRangeQuery("w12", "w13"),
			bleve.NewDocIDQuery([]string{id(r.IntN(300)), id(r.IntN(300)), "none"}))
	}
	return out
}

// hits runs a query, and returns all hits in the order of their ids.
func hits(t *testing.T, idx bleve.Index, q query.Query, scored bool) search.DocumentMatchCollection {
	req := bleve.NewSearchRequestOptions(q, 5000, 0, false)
	req.SortBy([]string{"_id"})
	if !scored {
		req.Score = "none"
	}
	res, err := idx.Search(req)
	if err != nil {
		t.Fatal(err)
	}
	return res.Hits
}

// sameResults compares the hits of two indexes, and their scores if scored is set.
func sameResults(t *testing.T, got, want bleve.Index, scored bool) {
	t.Helper()
	for _, q := range testQueries(rand.New(rand.NewPCG(9, 9))) {
		for _, scored := range []bool{false, scored} {
			if term, ok := q.(*query.TermQuery); ok && term.FieldVal == "kind" {
				scored = false // zap has no frequencies there, and scores are not a number
			}
			a, b := hits(t, got, q, scored), hits(t, want, q, scored)
			same := slices.EqualFunc(a, b, func(a, b *search.DocumentMatch) bool {
				return a.ID == b.ID && (!scored || math.Abs(a.Score-b.Score) <= 1e-9*b.Score)
			})
			if !same {
				t.Fatalf("%T %+v, scored %v:\n%.300v\nwant\n%.300v", q, q, scored, a, b)
			}
		}
	}
}

// segmentsOf returns bleve's segments.
func segmentsOf(t *testing.T, idx bleve.Index) []*scorch.SegmentSnapshot {
	advanced, err := idx.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	r, err := advanced.Reader()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r.(*scorch.IndexSnapshot).Segments()
}

// steps change an index online: documents in batches, some replaced, some deleted, a merge of
// all segments.
func steps(t *testing.T, docs []testDocument) []func(bleve.Index) {
	batch := func(change func(*bleve.Batch)) func(bleve.Index) {
		return func(idx bleve.Index) {
			b := idx.NewBatch()
			change(b)
			if err := idx.Batch(b); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out []func(bleve.Index)
	for start := 0; start < len(docs); start += 70 {
		out = append(out, batch(func(b *bleve.Batch) {
			for i := start; i < min(start+70, len(docs)); i++ {
				b.Index(id((i*7919)%len(docs)), docs[i]) // ids are in no order
			}
		}))
	}
	return append(out, batch(func(b *bleve.Batch) {
		for i := 0; i < len(docs); i += 3 {
			b.Index(id(i), docs[len(docs)-1-i])
		}
		for i := 1; i < len(docs); i += 3 {
			b.Delete(id(i))
		}
	}), func(idx bleve.Index) {
		advanced, err := idx.Advanced()
		if err != nil {
			t.Fatal(err)
		}
		err = advanced.(*scorch.Scorch).ForceMerge(t.Context(), &mergeplan.SingleSegmentMergePlanOptions)
		if err != nil {
			t.Fatal(err)
		}
	})
}

// create creates an empty index.
func create(t *testing.T, dir string, config map[string]any) bleve.Index {
	idx, err := bleve.NewUsing(dir, newMapping(), scorch.Name, scorch.Name, config)
	if err != nil {
		t.Fatal(err)
	}
	return idx
}

func TestOnline(t *testing.T) {
	docs := testDocuments(rand.New(rand.NewPCG(1, 1)), 300)
	dir := filepath.Join(t.TempDir(), "ours")
	mine, zap := create(t, dir, ours), create(t, filepath.Join(t.TempDir(), "zap"), zaps)
	defer zap.Close() // for comparison
	all := steps(t, docs)
	for i, step := range all {
		step(mine)
		step(zap)
		// Scores depend on terms of which all documents are deleted, until a merge drops them.
		sameResults(t, mine, zap, i == 0 || i == len(all)-1)
	}
	if err := mine.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := bleve.OpenUsing(dir, map[string]any{"read_only": true})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close() // read only
	sameResults(t, again, zap, true)
	for _, s := range segmentsOf(t, again) {
		if _, ok := s.Segment().(*Segment); !ok {
			t.Errorf("after opening again a segment is a %T", s.Segment())
		}
	}
}

// TestBuilder builds with bleve's offline builder, in several batches and merges.
func TestBuilder(t *testing.T) {
	docs := testDocuments(rand.New(rand.NewPCG(2, 2)), 300)
	build := func(config map[string]any) bleve.Index {
		dir := filepath.Join(t.TempDir(), "index")
		config = maps.Clone(config)
		config["batchSize"], config["mergeMax"] = 20, 4
		b, err := bleve.NewBuilder(dir, newMapping(), config)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range docs {
			if err := b.Index(id(i), d); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		idx, err := bleve.OpenUsing(dir, map[string]any{"read_only": true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { idx.Close() })
		return idx
	}
	mine := build(ours)
	sameResults(t, mine, build(zaps), true)

	segments := segmentsOf(t, mine)
	if len(segments) != 1 {
		t.Fatalf("%d segments, want 1", len(segments))
	}
	for i := range docs {
		if got, err := segments[0].DocID(uint64(i)); err != nil || string(got) != id(i) {
			t.Fatalf("document %d has the id %q, error %v: not in the order of the ids", i, got, err)
		}
	}
}

// TestRefuses checks that nothing of a document is lost without an error.
func TestRefuses(t *testing.T) {
	for name, change := range map[string]func(*mapping.FieldMapping){
		"term vectors":   func(f *mapping.FieldMapping) { f.IncludeTermVectors = true },
		"a stored value": func(f *mapping.FieldMapping) { f.Store = true },
		"doc values":     func(f *mapping.FieldMapping) { f.DocValues = true },
	} {
		m := newMapping().(*mapping.IndexMappingImpl)
		change(m.DefaultMapping.Properties["text"].Fields[0])
		idx, err := bleve.NewUsing(filepath.Join(t.TempDir(), "index"), m, scorch.Name, scorch.Name, ours)
		if err != nil {
			t.Fatal(err)
		}
		err = idx.Index("1", testDocument{"w1", "body"})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v", name, err)
		}
		if err := idx.Close(); err != nil {
			t.Error(err)
		}
	}
}
