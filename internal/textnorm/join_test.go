package textnorm

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var joinCases = []struct{ folded, want string }{
	{"", ""},
	{"北约东扩", "北约东扩"},
	{"歼-20", "歼20"},
	{"九·一八", "九一八"},
	{"3·15", "315"},
	{"中-美", "中美"},
	{"f-35b", "f35b"},
	{"covid-19", "covid19"},
	{"iphone 15 pro", "iphone15pro"},
	{"new york", "new york"},
	{"12 5", "12 5"},
	{"10-12日", "10-12日"},
	{"5,999元", "5999元"},
	{"1,234,567", "1234567"},
	{"1234,567", "1234,567"},
	{"1,23,4567", "1,23,4567"},
	{"北京,上海", "北京,上海"},
	{"-20", "-20"},
	{"歼-", "歼-"},
	{"歼-《20》", "歼-《20》"},
	{"·a··b·", "·a··b·"},
	{"a-b-c", "abc"},
}

func TestJoin(t *testing.T) {
	for _, c := range joinCases {
		j := Join(c.folded)
		if j.Text != c.want {
			t.Errorf("Join(%q) = %q, want %q", c.folded, j.Text, c.want)
		}
		checkJoined(t, c.folded)
	}
	if n := testing.AllocsPerRun(10, func() { Join("北约-《东扩》,new york") }); n != 0 {
		t.Errorf("joining a text without joiners allocates %v times", n)
	}
}

func TestJoinedSpan(t *testing.T) {
	const folded = "称歼-20与f-35-b、1,234,567"
	j := Join(folded)
	for part, want := range map[string]string{
		"歼20": "歼-20", "歼": "歼", "20": "20", "20与": "20与", "f35b": "f-35-b", "f": "f", "35": "35",
		"1234567": "1,234,567", "234": "234", "b、1": "b、1",
	} {
		i := strings.Index(j.Text, part)
		start, end := j.Span(i, i+len(part))
		if got := folded[start:end]; got != want {
			t.Errorf("%s is %s in the folded text, want %s", part, got, want)
		}
	}
	if start, end := j.Span(3, 3); start != end {
		t.Errorf("the empty part is [%d,%d)", start, end)
	}
}

func TestOccurrences(t *testing.T) {
	for _, c := range []struct {
		text, word string
		want       int
	}{
		{"歼-20首飞", "歼20", 1},
		{"歼-20首飞", "20", 1},
		{"歼-20首飞", "2", 0},
		{"iphone15发布", "iphone", 1},
		{"iphone15发布", "phone", 0},
		{"iphones", "iphone", 0},
		{"c919、c-919、c 919", "c919", 3},
		{"c9190", "c919", 0},
		{"10-12日", "1012", 0},
		{"5,999元", "5999元", 1},
		{"5,999元", "999元", 0},
		{"1,100", "100", 0},
		{"1,100", "1", 0},
		{"1,100.5", "1100", 1},
		{"1,234,567", "234", 0},
		{"1,234,567", "1234567", 1},
		{"3·150,000", "150000", 1},
		{"1,1000", "1", 1}, // separates no thousands
		{"e-mail", "mail", 1},
		{"哈哈哈", "哈哈", 2},
		{"哈哈哈", "", 0},
	} {
		at := slices.Collect(Join(c.text).Occurrences(c.word))
		if len(at) != c.want {
			t.Errorf("%s occurs in %s at %v, want %d places", c.word, c.text, at, c.want)
		}
	}
	for range Join("哈哈哈").Occurrences("哈") {
		break // must stop
	}
}

func FuzzJoin(f *testing.F) {
	for _, c := range joinCases {
		f.Add(c.folded)
	}
	f.Fuzz(func(t *testing.T, s string) { checkJoined(t, Folder{}.FoldString(s)) })
}

// checkJoined checks what Join promises for one folded text.
func checkJoined(t *testing.T, folded string) {
	t.Helper()
	j := Join(folded)
	at := 0 // in folded
	for i, r := range j.Text {
		start, end := j.Span(i, i+utf8.RuneLen(r))
		if folded[start:end] != string(r) || start < at {
			t.Fatalf("%q: %q at %d maps to [%d,%d)", folded, string(r), i, start, end)
		}
		if skipped := folded[at:start]; skipped != "" {
			comma := skipped == ","
			if len([]rune(skipped)) != 1 || !strings.Contains("-·, ", skipped) || j.Boundary(i) == comma ||
				j.Separates(i) != comma {
				t.Fatalf("%q: %q is left out before %d; boundary %v", folded, skipped, i, j.Boundary(i))
			}
		}
		at = end
	}
	if at != len(folded) {
		t.Fatalf("%q: the joined text ends at %d", folded, at)
	}
	// A part between signs is found, joined alone, where it is.
	separates := func(r rune) bool { return kindOf(r) == sign && !strings.ContainsRune("-·, ", r) }
	for _, part := range strings.FieldsFunc(folded, separates) {
		part = strings.Trim(part, "-·, ")
		if len(part) > 100 || strings.ContainsAny(part, " ,") {
			continue
		}
		word := Join(part).Text
		if word != "" && !slices.ContainsFunc(slices.Collect(j.Occurrences(word)), func(int) bool { return true }) {
			t.Fatalf("%q does not have %q, joined %q", folded, part, word)
		}
	}
}
