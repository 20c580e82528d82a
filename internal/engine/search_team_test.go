package engine

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"

	"xunwen/internal/search"
)

// everything makes a team share whatever it can.
func everything(limit int32) *processors { return &processors{limit: limit} }

// TestTeamsChangeNoAnswer compares all that searches return, with one worker and with several,
// to the last bit.
func TestTeamsChangeNoAnswer(t *testing.T) {
	const articles, queries = 1500, 300
	r := rand.New(rand.NewPCG(27, 18)) // the same at every run
	all := randomNews(r, articles)
	words := openAnalyzer(t)
	m := newMemory(words, all, repeated(all))
	alone := New("random", m, m, m.columns, words, Options{Cache: 100_000})
	alone.processors = everything(1)
	teams := New("random", m, m, m.columns, words, Options{Cache: 100_000})
	for range queries {
		q := search.Request{
			Query:       asked(t, randomQuery(r)),
			Size:        []int{1, 10, 100}[r.IntN(3)],
			By:          []search.By{search.ByArticle, search.ByArticle, search.ByParagraph}[r.IntN(3)],
			Sort:        []search.Sort{search.ByRelevance, search.ByRelevance, search.Newest}[r.IntN(3)],
			Explain:     r.IntN(2) == 0,
			Uncollapsed: r.IntN(2) == 0,
		}
		if r.IntN(3) == 0 {
			q.Facets = &search.FacetRequest{From: fmt.Sprintf("2022-01-%02d", 1+r.IntN(28))}
		}
		want, err := alone.Search(t.Context(), q)
		if err != nil {
			t.Fatalf("%s: %v", q.Query, err)
		}
		teams.processors = everything(2 + r.Int32N(maxTeam))
		got, err := teams.Search(t.Context(), q)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: a team of %d returns %+v, error %v; one worker %+v",
				q.Query, teams.processors.limit, got, err, want)
		}
		if busy := teams.processors.busy.Load(); busy != 0 {
			t.Fatalf("%s: %d goroutines are left", q.Query, busy)
		}
	}
}

// meet returns work in parts that several workers have to do: each part waits for all the others.
func meet(parts int, seen *[maxTeam]atomic.Int32) func(worker, part int) error {
	var all sync.WaitGroup
	all.Add(parts)
	return func(worker, _ int) error {
		seen[worker].Add(1)
		all.Done()
		all.Wait()
		return nil
	}
}

func TestHelpersTakeOverParts(t *testing.T) {
	team := newTeam(everything(maxTeam))
	defer team.end()
	if n := team.recruit(10); n != maxTeam {
		t.Errorf("the team has %d workers, want %d", n, maxTeam)
	}
	for range 3 { // helpers stay for more work, or come again
		var seen [maxTeam]atomic.Int32
		if err := team.share(maxTeam, meet(maxTeam, &seen)); err != nil {
			t.Error(err)
		}
		for worker := range seen {
			if n := seen[worker].Load(); n != 1 {
				t.Errorf("worker %d did %d parts", worker, n)
			}
		}
	}
}

// TestBusyProcessorsHelpNobody checks that searches don't take processors from one another.
func TestBusyProcessorsHelpNobody(t *testing.T) {
	p := everything(2)
	one, other := newTeam(p), newTeam(p)
	if n := one.recruit(2); n != 1 {
		t.Errorf("a search beside another has %d workers on two processors", n)
	}
	parts := 0
	err := one.share(5, func(worker, _ int) error {
		parts++
		return map[bool]error{true: errors.New("a helper")}[worker != 0]
	})
	if err != nil || parts != 5 {
		t.Errorf("%d parts are done, error %v", parts, err)
	}
	other.end()
	if n := one.recruit(2); n != 2 {
		t.Errorf("a search alone has %d workers on two processors", n)
	}
	one.end()
	if n := p.busy.Load(); n != 0 {
		t.Errorf("%d processors are busy after all searches", n)
	}
}

func TestFailedPartsEndTheWork(t *testing.T) {
	failed := errors.New("failed")
	for _, team := range []*team{nil, newTeam(everything(1)), newTeam(everything(3))} {
		var later atomic.Int32
		err := team.share(1000, func(_, part int) error {
			if part > 500 {
				later.Add(1)
			}
			return map[bool]error{true: failed}[part == 3]
		})
		if !errors.Is(err, failed) {
			t.Errorf("the error is %v", err)
		}
		if team != nil {
			team.end()
		}
		if n := later.Load(); n == 499 {
			t.Error("all parts are done after one failed")
		}
	}
}

// TestPanicsOfHelpersReachTheSearch checks that a panic, such as a fault in a mapped file, ends
// in the goroutine of the search, where it can be handled.
func TestPanicsOfHelpersReachTheSearch(t *testing.T) {
	team := newTeam(everything(2))
	defer team.end()
	defer func() {
		if r := recover(); r != "broken" {
			t.Errorf("recovered %v", r)
		}
	}()
	var seen [maxTeam]atomic.Int32
	both := meet(2, &seen)
	err := team.share(2, func(worker, part int) error {
		if err := both(worker, part); worker == 0 {
			return err
		}
		panic("broken")
	})
	t.Errorf("no panic, error %v", err)
}

// TestEndWaitsForHelpers checks that nothing runs once a search has ended, even if it didn't
// finish what it began.
func TestEndWaitsForHelpers(t *testing.T) {
	team := newTeam(everything(2))
	var ended atomic.Bool
	begun := make(chan struct{})
	team.start(100, 2, func(_, part int) error {
		if part == 0 {
			close(begun)
		}
		if ended.Load() {
			t.Error("a part is done after the end")
		}
		return nil
	})
	<-begun
	team.end()
	ended.Store(true)
	if n := team.processors.busy.Load(); n != 0 {
		t.Errorf("%d goroutines are left", n)
	}
}
