package engine

import (
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/search"
)

// marksOf marks every occurrence of each word, as a query of those words would.
func marksOf(text string, words ...string) []mark {
	var out []mark
	for i, w := range words {
		for from := 0; ; {
			at := strings.Index(text[from:], w)
			if at < 0 {
				break
			}
			at += from
			out = append(out, mark{search.Span{Start: at, End: at + len(w)}, i, 1})
			from = at + len(w)
		}
	}
	return out
}

func shown(s search.Snippet) string {
	var b strings.Builder
	if s.Before {
		b.WriteString("…")
	}
	at := 0
	for _, m := range s.Marks {
		b.WriteString(s.Text[at:m.Start] + "【" + s.Text[m.Start:m.End] + "】")
		at = m.End
	}
	b.WriteString(s.Text[at:])
	if s.After {
		b.WriteString("…")
	}
	return b.String()
}

func TestSnippet(t *testing.T) {
	filler := strings.Repeat("天气晴好，风力不大。", 20) // 200 characters
	for _, c := range []struct {
		name  string
		text  string
		words []string
		want  string
	}{
		{"a short paragraph is whole", "青禾大桥今天合龙。", []string{"大桥"}, "青禾【大桥】今天合龙。"},
		{"marks that touch are one", "青禾大桥今天合龙。", []string{"青禾", "大桥"}, "【青禾大桥】今天合龙。"},
		{"begins with the sentence", filler + "“记者获悉，大桥昨天合龙。”" + filler, []string{"大桥"},
			"…“记者获悉，【大桥】昨天合龙。”" + strings.Repeat("天气晴好，风力不大。", 10) + "…"},
		{"both words rather than one twice", "大桥。大桥。" + filler + "大桥与渡口。" + filler, []string{"大桥", "渡口"},
			"…【大桥】与【渡口】。" + strings.Repeat("天气晴好，风力不大。", 11) + "…"},
		{"the paragraph's end", filler + "大桥合龙", []string{"大桥"}, "…【大桥】合龙"},
		{"no mark shows the lead", filler, nil, strings.Repeat("天气晴好，风力不大。", 12) + "…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := shown(snippet(c.text, marksOf(c.text, c.words...))); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Whatever the text, a snippet is a piece of it, cut between characters, not
// much longer than it may be, and holds a mark if there is one.
func FuzzSnippet(f *testing.F) {
	f.Add(strings.Repeat("天气晴好，", 60)+"大桥"+strings.Repeat("風", 90), "大桥")
	f.Add(strings.Repeat("a", 500)+"。b", "b")
	f.Add(strings.Repeat("桥", 400), strings.Repeat("桥", 200))
	f.Fuzz(func(t *testing.T, text, word string) {
		if !utf8.ValidString(text) || !utf8.ValidString(word) || word == "" {
			t.Skip("texts and words are UTF-8")
		}
		marks := marksOf(text, word)
		s := snippet(text, marks)
		if !strings.Contains(text, s.Text) || !utf8.ValidString(s.Text) {
			t.Fatalf("%q is no piece of %q", s.Text, text)
		}
		if len(marks) > 0 && len(s.Marks) == 0 {
			t.Fatalf("%q holds no mark of %q", s.Text, word)
		}
		if n := utf8.RuneCountInString(s.Text); n > wholeRunes && n > snippetRunes+leadRunes+utf8.RuneCountInString(word) {
			t.Fatalf("%d characters", n)
		}
		for _, m := range s.Marks {
			if m.Start >= m.End || m.End > len(s.Text) {
				t.Fatalf("mark %v of %d bytes", m, len(s.Text))
			}
		}
	})
}

func TestNearSpans(t *testing.T) {
	for _, c := range []struct {
		text     string
		words    []string
		distance int
		want     int // places
	}{
		{"北岸持续东扩码头", []string{"北岸", "码头"}, 4, 2},
		{"北岸持续东扩码头", []string{"北岸", "码头"}, 3, 0},
		{"北岸持续东扩码头", []string{"码头", "北岸"}, 4, 2},
		{"码头北岸码头", []string{"北岸", "码头"}, 0, 3},
		{"北岸", []string{"北岸", "北"}, 9, 0}, // one place can't be both
		{"北岸北", []string{"北岸", "北"}, 0, 2},
		{"一一", []string{"一", "一"}, 0, 2},
		{"一", []string{"一", "一"}, 9, 0},
		{"甲乙丙丁", []string{"甲乙丙", "丙丁"}, 0, 2},
		{"甲乙丙丁戊己庚", []string{"甲", "乙丙", "丙丁", "庚"}, 1, 0},
		{"北岸的东扩的码头", []string{"北岸", "东扩", "码头"}, 2, 3},
		{"北岸的东扩的码头", []string{"北岸", "东扩", "码头"}, 1, 0},
		{"", []string{"北岸", "码头"}, 9, 0},
	} {
		if got := nearSpans(c.text, c.words, c.distance); len(got) != c.want {
			t.Errorf("%s %v~%d: %d places %v, want %d", c.text, c.words, c.distance, len(got), got, c.want)
		}
	}
}
