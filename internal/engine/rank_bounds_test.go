package engine

import (
	"math/rand/v2"
	"slices"
	"testing"

	"xunwen/internal/search"
)

// What bounds the scores of items never excludes one with the term, and excludes most of the
// others.
func TestItemsWithTermIncludeAll(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 3))
	all := randomNews(r, 600)
	words := openAnalyzer(t)
	m := newMemory(words, all, repeated(all))
	e := New("random", m, m, m.columns, words, Options{})
	bounded := 0
	for range 50 {
		s := newTestSearcher(t, e, search.Request{By: search.ByArticle, Query: asked(t, randomText(r, 6))})
		lists, err := s.lists(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lists {
			if l.among == nil {
				continue
			}
			bounded++
			docs, err := l.appendDocs(nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range s.scope.matching().appendMembers(nil, append(docs, l.sections...), anywhere) {
				if !l.among.Contains(item) {
					t.Fatalf("%s %q is in item %d, but its set says no", l.field, l.text, item)
				}
			}
		}
	}
	if bounded < 100 {
		t.Errorf("only %d lists have a set of items: this tests little", bounded)
	}
}

// headlineScorer returns a scorer of all articles of some news, and the lists of a headline.
func headlineScorer(t *testing.T, r *rand.Rand) (fresh func() *scorer, lists []weightedList) {
	all := randomNews(r, boundedItems+100)
	words := openAnalyzer(t)
	m := newMemory(words, all, repeated(all))
	e := New("random", m, m, m.columns, words, Options{})
	query := asked(t, "谭德塞会议里亚布科夫发展记者青禾"+randomText(r, 3))
	s := newTestSearcher(t, e, search.Request{By: search.ByArticle, Query: query})
	lists, err := s.lists(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return func() *scorer {
		out := newScorer(s.scope, s.scope.all().ToArray(), nil, false)
		out.reached = new(threshold)
		return out
	}, lists
}

// The upper bounds of items leave out the terms that they can't have.
func TestUpperBoundsByItem(t *testing.T) {
	newScorer, lists := headlineScorer(t, rand.New(rand.NewPCG(9, 26)))
	known := slices.DeleteFunc(lists, func(l weightedList) bool { return l.among == nil })
	s, b := newScorer(), &buffers{}
	everything, left := s.upperBounds(known, b)
	if everything != (bound{}) || slices.ContainsFunc(b.set, func(w uint64) bool { return w != 0 }) {
		t.Errorf("%v for all, or room that is not empty", everything)
	}
	for i, number := range s.numbers {
		var want bound
		for _, l := range known {
			if l.among.Contains(number) {
				want.add(s.boundOf(l))
			}
		}
		if left[i] != want {
			t.Fatalf("item %d can get %v, want %v", number, left[i], want)
		}
	}
}

// Pruning by the bounds of items, and by what was probed, changes no score of the best.
func TestPruningByItemIsExact(t *testing.T) {
	const keep = 10
	r := rand.New(rand.NewPCG(5, 35))
	for range 5 {
		newScorer, lists := headlineScorer(t, r)
		whole, pruned := newScorer(), newScorer()
		best := func(s *scorer, keep int) []scored {
			if err := s.sum(t.Context(), lists, keep, &buffers{}); err != nil {
				t.Fatal(err)
			}
			top := newTopN(10, order(search.ByRelevance, false))
			for i, m := range s.members {
				if s.counts(m) {
					hit := s.scope.ranked(m)
					hit.score = s.score(i)
					top.offer(hit)
				}
			}
			return top.sorted()
		}
		want := best(whole, 0)
		if got := best(pruned, keep); !slices.Equal(got, want) {
			t.Errorf("pruned: %v, not pruned: %v", got, want)
		}
		if !pruned.probed {
			t.Error("no members are probed")
		}
		if len(pruned.members) > len(whole.members)/2 {
			t.Errorf("%d of %d members are left", len(pruned.members), len(whole.members))
		}
		probed, b := newScorer(), &buffers{}
		probed.weight = whole.weight
		before := probed.threshold(lists, keep, b)
		if err := probed.probe(t.Context(), lists, keep, b); err != nil {
			t.Fatal(err)
		}
		after, most := probed.reached.raise(0), want[keep-1].score
		if after <= before || after > most {
			t.Errorf("a probe raises the threshold from %v to %v; the last score wanted is %v", before, after, most)
		}
	}
}
