package snippet

import (
	"strings"
	"testing"

	"xunwen/internal/search"
)

// marksOf marks every occurrence of each word, as a query of those words would.
func marksOf(text string, words ...string) []Mark {
	var out []Mark
	for i, w := range words {
		for from := 0; ; {
			at := strings.Index(text[from:], w)
			if at < 0 {
				break
			}
			at += from
			out = append(out, Mark{search.Span{Start: at, End: at + len(w)}, i, 1})
			from = at + len(w)
		}
	}
	return out
}

// render writes a snippet with marks in 【】 and … where text was left out.
func render(s search.Snippet) string {
	var b strings.Builder
	for i, f := range s.Fragments {
		if i > 0 || s.Before {
			b.WriteString("…")
		}
		at := 0
		for _, m := range f.Marks {
			b.WriteString(f.Text[at:m.Start] + "【" + f.Text[m.Start:m.End] + "】")
			at = m.End
		}
		b.WriteString(f.Text[at:])
	}
	if s.After {
		b.WriteString("…")
	}
	return b.String()
}

func TestBuild(t *testing.T) {
	sunny := func(n int) string { return strings.Repeat("天气晴好，风力不大。", n) } // ten characters each
	for _, c := range []struct {
		name  string
		text  string
		words []string
		want  string
	}{
		{"a short paragraph is whole", "青禾大桥今天合龙。", []string{"大桥"}, "青禾【大桥】今天合龙。"},
		{"marks that touch are one", "青禾大桥今天合龙。", []string{"青禾", "大桥"}, "【青禾大桥】今天合龙。"},
		{"nothing marked shows the beginning", sunny(20), nil, sunny(12) + "…"},
		{"nothing to cut at", strings.Repeat("晴", 300), nil, strings.Repeat("晴", 120) + "…"},
		{"whole sentences", sunny(20) + "“记者获悉，大桥昨天合龙。”" + sunny(20), []string{"大桥"},
			"…“记者获悉，【大桥】昨天合龙。”" + sunny(10) + "…"},
		{"both words rather than one twice", "大桥。大桥。" + sunny(20) + "大桥与渡口。" + sunny(20), []string{"大桥", "渡口"},
			"…【大桥】与【渡口】。" + sunny(11) + "…"},
		{"the paragraph's end", sunny(20) + "大桥合龙", []string{"大桥"}, "…" + sunny(11) + "【大桥】合龙"},
		{"words far apart", "大桥合龙。" + sunny(30) + "渡口停航。" + sunny(20), []string{"大桥", "渡口"},
			"【大桥】合龙。" + sunny(5) + "…【渡口】停航。" + sunny(6) + "…"},
		{"three places", "大桥合龙。" + sunny(30) + "渡口停航。" + sunny(20) + "码头改造。" + sunny(20), []string{"大桥", "渡口", "码头"},
			"【大桥】合龙。" + sunny(3) + "…【渡口】停航。" + sunny(3) + "…【码头】改造。" + sunny(4) + "…"},
		{"numbers and words of letters stay whole",
			strings.Repeat("晴", 150) + "12.5%的covid-19" + strings.Repeat("雨", 150), []string{"5%的cov"},
			"…" + strings.Repeat("晴", 20) + "12.【5%的cov】id-19" + strings.Repeat("雨", 86) + "…"},
		{"quotes stay together",
			sunny(8) + "他说“大桥很稳，很长，很宽，" + strings.Repeat("很高，", 20) + "很美”。" + sunny(8), []string{"大桥"},
			"…他说“【大桥】很稳，很长，很宽，" + strings.Repeat("很高，", 20) + "很美”。" + sunny(4) + "…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := render(Build(c.text, marksOf(c.text, c.words...))); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestSnippetsAllocateLittle checks that the allocations of a snippet don't grow with its
// marks, and that a builder allocates nothing but what it returns and its choice of fragments.
func TestSnippetsAllocateLittle(t *testing.T) {
	const most = 6
	var b Builder
	for _, sentences := range []int{2, 8, 80} {
		text := strings.Repeat("记者获悉，青禾大桥主体工程已经完工，渡口届时将停航。", sentences)
		marks := marksOf(text, "大桥")
		if n := testing.AllocsPerRun(50, func() { b.Build(text, marks) }); n > most {
			t.Errorf("%d marks: %v allocations, want %d at most", len(marks), n, most)
		}
	}
}
