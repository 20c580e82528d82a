package eval_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/eval"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/search/searchtest"
)

// TestEvalBuiltinSynonyms measures what the synonyms of the program add to their own
// words, to the abbreviations of the corpora, and to all other queries.
func TestEvalBuiltinSynonyms(t *testing.T) {
	l := corpusIndex(t, "untitled", withoutTitle, "webnews", "broadcast")
	without, with := openWithSynonyms(t, l.dir), openWithSynonyms(t, l.dir, analyzer.BuiltinSynonyms)
	builtinWords(t, without, with)
	coveredAbbreviations(t, without, with)
	for _, c := range []struct {
		name string
		search.Engine
	}{{"without", without}, {"with", with}} {
		for _, set := range eval.Summarize(measure(t, c, goldQueries(t, "webnews"))) {
			t.Logf("%s synonyms: %s MRR@10 %.4f of %d", c.name, set.Set, set.MRR.Mean, set.Queries)
		}
	}
}

// builtinWords searches for each word that has synonyms.
func builtinWords(t *testing.T, without, with search.Engine) {
	words := builtinLeft(t)
	var before, after, more, lost int
	for _, word := range words {
		q := &query.Word{Text: word}
		a, b := matching(t, without, q), matching(t, with, q)
		before, after = before+len(a), after+len(b)
		if len(b) > len(a) {
			more++
		}
		for id := range a {
			if !b[id] {
				lost++
			}
		}
	}
	t.Logf("%d words have synonyms: %d hits without, %d with; %d words have more", len(words), before, after, more)
	if lost > 0 {
		t.Errorf("%d hits lost", lost)
	}
}

// builtinLeft returns the words that have synonyms.
func builtinLeft(t *testing.T) []string {
	lines, err := os.ReadFile("../analyzer/builtin_synonyms.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(lines)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		left, _, _ := strings.Cut(line, "=>")
		for word := range strings.SplitSeq(left, ",") {
			out = append(out, strings.TrimSpace(word))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// coveredAbbreviations searches for the abbreviations whose full name is a synonym.
func coveredAbbreviations(t *testing.T, without, with search.Engine) {
	covered, full, foundBefore, foundAfter := 0, 0, 0, 0
	for _, a := range abbreviations(t) {
		want := containing(t, with, a.Full)
		q := &query.Word{Text: a.Abbr}
		before, after := matching(t, without, q), matching(t, with, q)
		if maps.Equal(before, after) {
			continue
		}
		covered++
		full += len(want)
		for id := range want {
			if before[id] {
				foundBefore++
			}
			if after[id] {
				foundAfter++
			}
		}
	}
	t.Logf("%d abbreviations have more hits: of %d articles with their full names %d are found without, %d with",
		covered, full, foundBefore, foundAfter)
}

// numerals are pairs of words with the same number.
var numerals = [][2]string{
	{"二十大", "20大"}, {"十四届", "14届"}, {"神舟十三号", "神舟13号"}, {"神舟十五号", "神舟15号"},
	{"二十一世纪", "21世纪"}, {"一九九八年", "1998年"}, {"两千人", "2000人"}, {"百分之五", "5%"}, {"十亿元", "10亿元"},
	{"五百万", "500万"}, {"第一届", "第1届"}, {"二十国集团", "20国集团"}, {"二十四节气", "24节气"}, {"十八岁", "18岁"},
	{"一百周年", "100周年"}, {"七月一日", "7月1日"}, {"五年级", "5年级"}, {"三等奖", "3等奖"}, {"八强", "8强"},
	{"十六强", "16强"}, {"一千公里", "1000公里"}, {"四号线", "4号线"}, {"九零后", "90后"}, {"三百六十", "360"},
}

// TestEvalNumerals measures which articles with the other way to write a number a word
// finds.
func TestEvalNumerals(t *testing.T) {
	l := corpusIndex(t, "untitled", withoutTitle, "webnews", "broadcast")
	other, itself, found := 0, 0, 0
	for _, pair := range numerals {
		var hits, phrase [2]map[string]bool
		for i, word := range pair {
			hits[i], phrase[i] = matching(t, l, &query.Word{Text: word}), containing(t, l, word)
		}
		for i := range pair {
			for id := range phrase[1-i] {
				if !hits[1-i][id] { // the phrase cuts a longer number
					continue
				}
				other++
				if phrase[i][id] {
					itself++
				}
				if hits[i][id] {
					found++
				}
			}
		}
	}
	t.Logf("%d pairs: of %d articles with a number in the other form %d contain this one too, %d are found",
		len(numerals), other, itself, found)
}

// matching returns the articles that a query matches.
func matching(t *testing.T, e search.Engine, n query.Node) map[string]bool {
	found := map[string]bool{}
	r := search.Request{Query: n, Size: search.MaxSize, Uncollapsed: true}
	searchtest.Walk(t, e, r, func(res search.Response) bool {
		for _, h := range res.Hits {
			found[h.Article.ID] = true
		}
		return true
	})
	return found
}
