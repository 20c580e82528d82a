package pdf

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/txtar"

	"xunwen/internal/source/page"
)

// TestArrange reads pages given as lines with their positions, drawn in random
// order.
func TestArrange(t *testing.T) {
	files, err := filepath.Glob("testdata/sheets/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sheets: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			glyphs := setGlyphs(t, string(a.Files[0].Data))
			random := rand.New(rand.NewPCG(1, 2))
			random.Shuffle(len(glyphs), func(i, j int) { glyphs[i], glyphs[j] = glyphs[j], glyphs[i] })
			if got, want := showParts(Arrange(glyphs)), string(a.Files[1].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// setGlyphs sets lines of x, baseline, size and text: Han characters as wide as
// their type, others half as wide.
func setGlyphs(t *testing.T, text string) []Glyph {
	t.Helper()
	var glyphs []Glyph
	for line := range strings.Lines(text) {
		fields := strings.SplitN(strings.TrimRight(line, "\n"), " ", 4)
		var n [3]float64
		for i := range n {
			v, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				t.Fatal(err)
			}
			n[i] = v
		}
		x, size := n[0], n[2]
		for _, r := range fields[3] {
			width := size
			if r < 0x2e80 && !strings.ContainsRune("“”", r) {
				width /= 2
			}
			glyphs = append(glyphs, Glyph{Rune: r, Left: x, Right: x + width, Base: n[1], Size: size})
			x += width
		}
	}
	return glyphs
}

// showParts writes each part on a line: its role, + if it opens an article, > if it
// continues the previous part, its text.
func showParts(parts []page.Part) string {
	var b strings.Builder
	for _, p := range parts {
		mark := ""
		if p.OpensArticle {
			mark = "+"
		}
		if p.Continues {
			mark = ">"
		}
		between := ""
		if p.Role == page.RoleTable || p.Role == page.RoleFurniture {
			between = " "
		}
		fmt.Fprintf(&b, "%s%s %s\n", p.Role, mark, strings.Join(p.Lines, between))
	}
	return b.String()
}

// TestDoubleStrike checks that bold type drawn twice with a small shift is read
// once.
func TestDoubleStrike(t *testing.T) {
	glyphs := setGlyphs(t, "40 40 10 大桥通车通车了。\n40.5 40 10 大桥通车通车了。\n")
	if got, want := showParts(Arrange(glyphs)), "body 大桥通车通车了。\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// FuzzArrange checks that no character is lost or invented, whatever the
// positions on a page.
func FuzzArrange(f *testing.F) {
	f.Add([]byte("大桥通车"), int64(7))
	f.Add([]byte("40 80 10 本报讯 据新华社电。第3版 2026年3月16日 —— A1"), int64(1))
	f.Fuzz(func(t *testing.T, text []byte, seed int64) {
		random := rand.New(rand.NewPCG(uint64(seed), 1))
		var glyphs []Glyph
		given := map[rune]int{}
		for _, r := range string(text) {
			size := []float64{8, 10, 10, 10, 12, 26}[random.IntN(6)]
			x, y := float64(random.IntN(60))*size, float64(random.IntN(40))*15
			g := Glyph{Rune: r, Left: x, Right: x + size, Base: y, Size: size}
			if !g.usable() {
				continue
			}
			glyphs = append(glyphs, g)
			if !unicode.IsSpace(r) {
				given[r]++
			}
		}
		got := map[rune]int{}
		for _, p := range Arrange(glyphs) {
			for _, r := range strings.Join(p.Lines, "") {
				if !unicode.IsSpace(r) {
					got[r]++
				}
			}
		}
		for r, n := range given {
			if got[r] == 0 {
				t.Errorf("%q is lost", r)
			}
			if got[r] > n {
				t.Errorf("%q stands %d times, given %d", r, got[r], n)
			}
		}
		if len(got) > len(given) {
			t.Errorf("made up: %v", got)
		}
	})
}
