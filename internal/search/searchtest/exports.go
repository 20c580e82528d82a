package searchtest

import (
	"errors"
	"reflect"
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// sink collects an export; it stops after stop hits, with -1 never.
type sink struct {
	origin search.Origin
	hits   []search.Hit
	marked [][]search.Marked
	stop   int
}

var errStop = errors.New("enough")

func (s *sink) Begin(o search.Origin) error { s.origin = o; return nil }

func (s *sink) Write(h search.Hit, m []search.Marked) error {
	if len(s.hits) == s.stop {
		return errStop
	}
	s.hits, s.marked = append(s.hits, h), append(s.marked, m)
	return nil
}

// exports checks that an export of the archive has the hits of a walk, and ends with
// an error of its sink.
func exports(t *testing.T, e search.Engine) {
	for _, r := range []search.Request{
		{Query: &query.Word{Text: "渡口"}},
		{Query: &query.Word{Text: "渡口"}, Uncollapsed: true},
		{Query: &query.Phrase{Text: "水位"}, By: search.ByParagraph},
		{Filter: search.Filter{Publication: []string{"临江日报"}}, Sort: search.Oldest},
		{Query: &query.Word{Text: "无关之事"}},
	} {
		r.Size = 5
		var want []search.Hit
		Walk(t, e, r, func(res search.Response) bool { want = append(want, res.Hits...); return true })
		got := &sink{stop: -1}
		if err := e.Export(t.Context(), search.ExportRequest{Search: r}, got); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.hits, want) {
			t.Errorf("%+v: %d hits, a walk visits %d, or others", r, len(got.hits), len(want))
		}
		if o := got.origin; o.Generation != e.Generation() || o.Total != len(want) || o.Analyzer == "" {
			t.Errorf("%+v: origin %+v", r, o)
		}
	}
	all := search.ExportRequest{Search: search.Request{Query: &query.Word{Text: "水位"}, Uncollapsed: true}, Marks: true}
	got := &sink{stop: -1}
	if err := e.Export(t.Context(), all, got); err != nil {
		t.Fatal(err)
	}
	marks := 0
	for _, texts := range got.marked {
		for _, m := range texts {
			for _, s := range m.Marks {
				if marks++; m.Text[s.Start:s.End] != "水位" {
					t.Errorf("marked is %q", m.Text[s.Start:s.End])
				}
			}
		}
	}
	if marks == 0 {
		t.Error("nothing is marked")
	}
	var shown [][]search.Marked
	r := all.Search
	r.Size, r.MarkedTexts = 5, true
	Walk(t, e, r, func(res search.Response) bool {
		for _, h := range res.Hits {
			shown = append(shown, h.MarkedTexts)
		}
		return true
	})
	if !reflect.DeepEqual(shown, got.marked) {
		t.Error("the marked texts of hits and of an export differ")
	}
	few := &sink{stop: 3}
	if err := e.Export(t.Context(), all, few); !errors.Is(err, errStop) || len(few.hits) != 3 {
		t.Errorf("a sink that stops after 3: %d hits, %v", len(few.hits), err)
	}
}
