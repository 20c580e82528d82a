package highlight

import (
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/search"
)

func TestMarkHTML(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		spans      []search.Span
		want       string
	}{
		{"none", "北约东扩", nil, "北约东扩"},
		{"one", "北约东扩", []search.Span{{Start: 0, End: 6}}, "<mark>北约</mark>东扩"},
		{"two that touch stay two", "北约东扩", []search.Span{{Start: 0, End: 6}, {Start: 6, End: 12}},
			"<mark>北约</mark><mark>东扩</mark>"},
		{"overlapping become one", "北约东扩", []search.Span{{Start: 3, End: 9}, {Start: 0, End: 6}}, "<mark>北约东</mark>扩"},
		{"one inside another", "北约东扩", []search.Span{{Start: 0, End: 12}, {Start: 3, End: 6}}, "<mark>北约东扩</mark>"},
		{"the same twice", "北约", []search.Span{{Start: 0, End: 6}, {Start: 0, End: 6}}, "<mark>北约</mark>"},
		{"inside a character", "北约", []search.Span{{Start: 1, End: 4}}, "<mark>北约</mark>"},
		{"beyond the text", "北约", []search.Span{{Start: -3, End: 3}, {Start: 3, End: 99}, {Start: 50, End: 60}},
			"<mark>北</mark><mark>约</mark>"},
		{"empty and reversed", "北约", []search.Span{{Start: 3, End: 3}, {Start: 6, End: 0}}, "北约"},
		{"escaped on both sides", `<a href="x">'&`, []search.Span{{Start: 3, End: 7}},
			"&lt;a <mark>href</mark>=&#34;x&#34;&gt;&#39;&amp;"},
		{"escaped inside", "a<b>c", []search.Span{{Start: 1, End: 4}}, "a<mark>&lt;b&gt;</mark>c"},
		{"empty text", "", []search.Span{{Start: 0, End: 1}}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := HTML(tc.text, tc.spans); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestSnippetHTML(t *testing.T) {
	one := search.Fragment{Text: "双方就<东扩>", Marks: []search.Span{{Start: 10, End: 16}}}
	two := search.Fragment{Start: 90, Text: "约谈", Marks: []search.Span{{Start: 0, End: 3}}}
	for _, c := range []struct {
		s    search.Snippet
		want string
	}{
		{search.Snippet{Fragments: []search.Fragment{one}}, "双方就&lt;<mark>东扩</mark>&gt;"},
		{search.Snippet{Fragments: []search.Fragment{one}, Before: true, After: true}, "…双方就&lt;<mark>东扩</mark>&gt;…"},
		{search.Snippet{Fragments: []search.Fragment{one, two}, After: true},
			"双方就&lt;<mark>东扩</mark>&gt;…<mark>约</mark>谈…"},
		{search.Snippet{Fragments: []search.Fragment{{}}}, ""},
	} {
		if got := SnippetHTML(c.s); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// FuzzPieces holds that cutting loses nothing and breaks no character.
func FuzzPieces(f *testing.F) {
	f.Add("俄罗斯与北约的对话", 3, 9, 6, 21)
	f.Add("C919首飞", -1, 4, 2, 300)
	f.Add("\xff约", 0, 1, 1, 2)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		var whole strings.Builder
		for i, p := range Pieces(text, []search.Span{{Start: a, End: b}, {Start: c, End: d}}) {
			if p.Text == "" {
				t.Errorf("piece %d is empty", i)
			}
			if utf8.ValidString(text) && !utf8.ValidString(p.Text) {
				t.Errorf("piece %d, %q, is cut inside a character", i, p.Text)
			}
			whole.WriteString(p.Text)
		}
		if whole.String() != text {
			t.Errorf("joined: %q, was %q", whole.String(), text)
		}
	})
}
