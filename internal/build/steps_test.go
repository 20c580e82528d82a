package build_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/live"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

var stepsFlag = flag.Int("steps", 16, "how many steps an index is changed by")

// steps is an index that is changed step by step, with the list of articles that it must
// contain.
type steps struct {
	*testing.T
	dir    string
	clock  time.Time
	random *rand.Rand
	made   int
	want   []news.Article

	leastByLists int
}

var stepWords = []string{"渡口", "大桥", "青禾", "雾岭", "茶节", "夜市", "里亚布科夫", "2026年", "第17号", "开放", "公报", "临江日报"}

// article returns a random article, whose id can have been used before.
func (s *steps) article() news.Article {
	s.made++
	id := fmt.Sprintf("n%d", s.made)
	if len(s.want) > 0 && s.random.IntN(4) == 0 {
		id = s.want[s.random.IntN(len(s.want))].ID
	}
	sentence := func(n int) string {
		text := ""
		for range n {
			text += stepWords[s.random.IntN(len(stepWords))]
		}
		return text + "。"
	}
	a := buildtest.Text(id, sentence(2))
	for range s.random.IntN(4) {
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: sentence(2 + s.random.IntN(12))})
	}
	if s.random.IntN(2) == 0 {
		a.Date = fmt.Sprintf("2026-03-%02d", 1+s.random.IntN(20))
	}
	return a
}

func (s *steps) options(dir string) build.Options {
	return build.Options{Out: dir, Keep: 2, Append: true, Dictionaries: analyzertest.Frequent(s.T),
		Now: func() time.Time {
			s.clock = s.clock.Add(time.Second)
			return s.clock
		}}.ByLists(s.leastByLists)
}

// add adds articles to the index and to the list.
func (s *steps) add(n int) {
	var list []news.Article
	for range n {
		list = append(list, s.article())
	}
	if _, err := build.Index(s.Context(), s.options(s.dir), buildtest.Articles(list...)); err != nil {
		s.Fatal(err)
	}
	for _, a := range list {
		s.want = slices.DeleteFunc(s.want, func(b news.Article) bool { return a.ID == b.ID })
		s.want = append(s.want, a)
	}
}

// remove removes articles from both.
func (s *steps) remove(n int) {
	var ids []string
	for range min(n, len(s.want)-1) {
		i := s.random.IntN(len(s.want))
		ids = append(ids, s.want[i].ID)
		s.want = slices.Delete(s.want, i, i+1)
	}
	if len(ids) == 0 {
		return
	}
	sum, err := build.Remove(s.Context(), s.options(s.dir), ids)
	if err != nil {
		s.Fatal(err)
	}
	if sum.Removed != len(ids) || sum.Articles != len(s.want) {
		s.Errorf("removed %d of %d, %d are left", sum.Removed, len(ids), sum.Articles)
	}
}

// compare compares the index with a full build: hits and scores, near-duplicates, articles,
// similar articles and completions, except for compounds, must be the same.
func (s *steps) compare() {
	s.Helper()
	fresh := filepath.Join(s.TempDir(), "full")
	o := s.options(fresh)
	o.Append = false
	built, err := build.Index(s.Context(), o, buildtest.Articles(s.want...))
	if err != nil {
		s.Fatal(err)
	}
	f := generation.In(s.dir)
	m, err := f.Manifest(buildtest.Current(s.T, s.dir).Name, "")
	if err != nil {
		s.Fatal(err)
	}
	if m.Articles != built.Articles || m.Paragraphs != built.Paragraphs || m.TextBytes != built.TextBytes {
		s.Errorf("the manifest counts %d, %d, %d; a full build %+v", m.Articles, m.Paragraphs, m.TextBytes, built)
	}
	ours, theirs := open(s.T, s.dir), open(s.T, fresh)
	for _, a := range s.want {
		r := search.SimilarRequest{ID: a.ID, Size: 10}
		if got, want := likes(s.T, ours, r), likes(s.T, theirs, r); !reflect.DeepEqual(got, want) {
			s.Fatalf("like %s are\n%v\na full build\n%v", a.ID, got, want)
		}
	}
	compounds := maps.Collect(currentLexicon(s.T, s.dir).EachCompound())
	maps.Insert(compounds, currentLexicon(s.T, fresh).EachCompound())
	words := func(list []search.Completion) []search.Completion {
		return slices.DeleteFunc(list, func(c search.Completion) bool { return compounds[c.Text] > 0 })
	}
	for _, word := range stepWords {
		begun := search.CompletionRequest{Text: string([]rune(word)[:1]), Size: 20}
		got, want := words(completions(s.T, ours, begun)), words(completions(s.T, theirs, begun))
		if !reflect.DeepEqual(got, want) {
			s.Fatalf("%s is completed to\n%v\na full build\n%v", begun.Text, got, want)
		}
		for _, r := range []search.Request{
			{Query: &query.Word{Text: word}, Size: 100},
			{Query: &query.Word{Text: word + stepWords[s.random.IntN(len(stepWords))]}, Size: 100, Uncollapsed: true},
			{Query: &query.Phrase{Text: word}, Size: 100, By: search.ByParagraph},
			{Query: &query.Word{Text: word}, Size: 100, Sort: search.Newest},
		} {
			if got, want := answers(s.T, ours, r), answers(s.T, theirs, r); !reflect.DeepEqual(got, want) {
				s.Fatalf("%+v answers\n%v\na full build\n%v", r, got, want)
			}
		}
	}
}

// answers returns the hits without the name of the generation.
func answers(t *testing.T, l *live.Engine, r search.Request) search.Response {
	t.Helper()
	res, err := l.Search(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	res.Generation, res.Cursor = "", ""
	return res
}

func likes(t *testing.T, l *live.Engine, r search.SimilarRequest) []search.Hit {
	t.Helper()
	found, err := l.Similar(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return found.Hits
}

func completions(t *testing.T, l *live.Engine, r search.CompletionRequest) []search.Completion {
	t.Helper()
	list, err := l.Complete(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestStepsAnswerAsARebuild checks that an index after many changes answers exactly like a
// full build, whether volumes are made of texts or of posting lists.
func TestStepsAnswerAsARebuild(t *testing.T) {
	t.Parallel()
	for _, leastByLists := range []int{0, 1} {
		t.Run(fmt.Sprint(leastByLists), func(t *testing.T) {
			t.Parallel()
			answersAsARebuild(t, leastByLists)
		})
	}
}

func answersAsARebuild(t *testing.T, leastByLists int) {
	s := &steps{T: t, dir: filepath.Join(t.TempDir(), "news"), clock: time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC),
		random: rand.New(rand.NewPCG(3, 12)), leastByLists: leastByLists}
	s.add(40)
	const compared = 8
	for i := range *stepsFlag {
		if s.random.IntN(3) == 0 {
			s.remove(1 + s.random.IntN(6))
		} else {
			s.add(1 + s.random.IntN(12))
		}
		if i%compared == compared-1 {
			s.compare()
		}
	}
	r, err := index.Verify(t.Context(), s.dir, true)
	if err != nil || len(r.Damage) > 0 {
		t.Errorf("damage: %v (%v)", r.Damage, err)
	}
}
