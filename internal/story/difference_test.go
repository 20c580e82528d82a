package story

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"xunwen/internal/news"
)

func article(title string, paragraphs ...string) *news.Article {
	a := &news.Article{Title: title}
	for _, p := range paragraphs {
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: p})
	}
	return a
}

// shown writes a difference as text: what was cut in [-…-], what was added in {+…+}, a row a line.
func shown(d Difference) string {
	var b strings.Builder
	side := func(lines []Line) {
		for i, l := range lines {
			if i > 0 {
				b.WriteString("¶")
			}
			for _, p := range l {
				switch p.Change {
				case Cut:
					b.WriteString("[-" + p.Text + "-]")
				case Added:
					b.WriteString("{+" + p.Text + "+}")
				default:
					b.WriteString(p.Text)
				}
			}
		}
	}
	for _, r := range d.Rows {
		b.WriteString(string(r.Part) + ": ")
		side(r.First)
		b.WriteString(" | ")
		side(r.Next)
		b.WriteByte('\n')
	}
	return b.String()
}

// TestCompare checks what is marked, and how paragraphs stand side by side.
func TestCompare(t *testing.T) {
	for _, tc := range []struct {
		name        string
		first, next *news.Article
		want        string
		kept        int
		cut, added  int
	}{
		{
			"a figure and a title", article("大桥通车", "首批通过的是三十辆公交车。"),
			article("青禾大桥今天通车", "首批通过的是50辆公交车。"),
			"title: 大桥通车 | {+青禾+}大桥{+今天+}通车\n" +
				"text: 首批通过的是[-三十-]辆公交车。 | 首批通过的是{+50+}辆公交车。\n", 11, 2, 2,
		},
		{
			"a paragraph left out", article("", "大桥通车。", "没有发生一起安全事故。", "渡口停航。"),
			article("", "大桥通车。", "渡口停航。"),
			"text: 大桥通车。 | 大桥通车。\ntext: [-没有发生一起安全事故。-] | \ntext: 渡口停航。 | 渡口停航。\n", 10, 11, 0,
		},
		{
			"a paragraph added", article("", "大桥通车。"), article("", "大桥通车。", "记者在现场看到人山人海。"),
			"text: 大桥通车。 | 大桥通车。\ntext:  | {+记者在现场看到人山人海。+}\n", 5, 0, 12,
		},
		{
			"other paragraphs, width and white space", article("", "大桥通车，车流平稳。２０２５年完工。"),
			article("", "大桥通车， 车流平稳。", "　　2025年完工。"),
			"text: 大桥通车，车流平稳。２０２５年完工。 | 大桥通车， 车流平稳。¶2025年完工。\n", 18, 0, 0,
		},
		{
			"where a sentence begins", article("", "大桥通车。没有发生事故。渡口停航。"),
			article("", "大桥通车。渡口停航。"),
			"text: 大桥通车。[-没有发生事故。-]渡口停航。 | 大桥通车。渡口停航。\n", 10, 7, 0,
		},
		{
			"by chance in common", article("", "市长的讲话很短。"), article("", "他对工人的感谢之情溢于言表啊！"),
			"text: [-市长的讲话很短。-] | {+他对工人的感谢之情溢于言表啊！+}\n", 0, 8, 15,
		},
		{
			"words of letters", article("", "the C919 flies"), article("", "the C929 flies"),
			"text: the [-C919 -]flies | the {+C929 +}flies\n", 8, 4, 4,
		},
	} {
		d := Compare(tc.first, tc.next, true)
		if got := shown(d); got != tc.want {
			t.Errorf("%s:\n%swant\n%s", tc.name, got, tc.want)
		}
		if want := (Counts{tc.kept, tc.cut, tc.added, true}); d.Counts != want {
			t.Errorf("%s: %+v, want %+v", tc.name, d.Counts, want)
		}
	}
}

// TestSectionsAreCompared checks that the heading of a section is compared once.
func TestSectionsAreCompared(t *testing.T) {
	first, next := article("", "渡口停航。", "票价不变。"), article("", "渡口停航。", "票价不变。")
	for i := range first.Paragraphs {
		first.Paragraphs[i].Section = "出行"
	}
	want := "text: [-出行-] | \ntext: 渡口停航。 | 渡口停航。\ntext: 票价不变。 | 票价不变。\n"
	if got := shown(Compare(first, next, true)); got != want {
		t.Errorf("%swant\n%s", got, want)
	}
}

// TestBothTextsAreShown checks, for random changes, that each side has its own text in order and
// that counts are those of the pieces.
func TestBothTextsAreShown(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 18))
	alphabet := []rune("大桥通车渡口停航的一不在了。，a1 　𠀀\U000F0001e\u0301Ａ㎡\uFFFD")
	text := func() string {
		out := make([]rune, r.IntN(40))
		for i := range out {
			out[i] = alphabet[r.IntN(len(alphabet))]
		}
		return string(out)
	}
	for range 2000 {
		a, b := article(text()), article("")
		for range r.IntN(5) {
			a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: text(), Section: []string{"", "出行"}[r.IntN(2)]})
		}
		for _, p := range a.Paragraphs {
			switch r.IntN(4) {
			case 0:
			case 1:
				b.Paragraphs = append(b.Paragraphs, news.Paragraph{Text: text()}, p)
			default:
				p.Text += text()
				b.Paragraphs = append(b.Paragraphs, p)
			}
		}
		d := Compare(a, b, true)
		var first, next strings.Builder
		n := Counts{Complete: true}
		for _, row := range d.Rows {
			for _, l := range row.First {
				first.WriteString(l.Text())
				for _, p := range l {
					if row.Part == Text && p.Change == Same {
						n.Kept += visible(p.Text)
					} else if row.Part == Text {
						n.Cut += visible(p.Text)
					}
				}
			}
			for _, l := range row.Next {
				next.WriteString(l.Text())
				for _, p := range l {
					if row.Part == Text && p.Change == Added {
						n.Added += visible(p.Text)
					}
				}
			}
		}
		if got, want := squeezed(first.String()), squeezed(whole(a)); got != want {
			t.Fatalf("the first side is %q, want %q", got, want)
		}
		if got, want := squeezed(next.String()), squeezed(whole(b)); got != want {
			t.Fatalf("the second side is %q, want %q", got, want)
		}
		if n != d.Counts {
			t.Fatalf("the counts are %+v, the pieces have %+v", d.Counts, n)
		}
	}
}

func whole(a *news.Article) string {
	text, section := a.Title, ""
	for _, p := range a.Paragraphs {
		if p.Section != "" && p.Section != section {
			section = p.Section
			text += section
		}
		text += p.Text
	}
	return text
}

func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func visible(text string) int { return len([]rune(squeezed(text))) }

// TestLongTextsAreComparedInPart checks that texts longer than MaxTokens are compared up to there, and
// that the difference says so.
func TestLongTextsAreComparedInPart(t *testing.T) {
	long := strings.Repeat("大桥通车。", MaxTokens)
	d := Compare(article("", long), article("", long+"完"), true)
	if d.Complete || d.Kept != MaxTokens || len(d.Rows) != 1 {
		t.Errorf("%+v in %d rows", d.Counts, len(d.Rows))
	}
	if d := Compare(article("", "短"), article("", "短"), false); d.Complete {
		t.Error("texts that came in part were compared to their ends")
	}
}

// TestUnlikeTexts checks that long texts without anything in common are not compared, which would
// take long, but shown side by side, and that a long text is compared with a part of it.
func TestUnlikeTexts(t *testing.T) {
	random := func(from rune) string {
		r := rand.New(rand.NewPCG(1, 2))
		out := make([]rune, MaxTokens-1)
		for i := range out {
			out[i] = from + rune(r.IntN(3000))
		}
		return string(out)
	}
	first, next := random('一'), random('一'+3000)
	d := Compare(article("", first), article("", next), true)
	if d.Kept != 0 || d.Cut != MaxTokens-1 || d.Added != MaxTokens-1 {
		t.Errorf("%+v", d.Counts)
	}
	part := string([]rune(first)[3000:4000])
	if d := Compare(article("", first), article("", part), true); d.Kept != 1000 || d.Added != 0 {
		t.Errorf("a part: %+v", d.Counts)
	}
}

// BenchmarkCompare compares two texts of which half is the same, here and there: about the most
// work that real texts are.
func BenchmarkCompare(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	next := make([]rune, MaxTokens-1)
	for i := range next {
		next[i] = '一' + rune(r.IntN(3000))
	}
	first := string(next)
	for i := range next {
		if i/20%2 == 0 {
			next[i] = '一' + rune(r.IntN(3000))
		}
	}
	for b.Loop() {
		Compare(article("", first), article("", string(next)), true)
	}
}
