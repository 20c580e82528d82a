package page

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

func halves(t *testing.T, dir string, m, want int, not bool) []measured {
	var out []measured
	for _, p := range readFolder(t, dir) {
		n, _ := strconv.Atoi(strings.TrimSuffix(p.truth.File, ".txt"))
		if (n%m == want) != not {
			out = append(out, p)
		}
	}
	return out
}
func TestScan(t *testing.T) {
	if os.Getenv("SCAN") == "" {
		t.Skip()
	}
	S := "/work/shared/pages"
	old := halves(t, S, 3, 0, true)
	mixed := halves(t, S+"/mixed", 2, 0, false)
	inter := halves(t, S+"/interleaved", 2, 0, false)
	show := func(name string) {
		a, b, c := figuresWith(inter, everyKind), figuresWith(mixed, everyKind), figuresWith(old, everyKind)
		fmt.Printf("%-24s inter t %.3f a %.3f s %.3f F %.3f | mixed t %.3f a %.3f s %.3f | old t %.4f a %.4f s %.4f\n", name, a.title, a.assignment, a.source, a.titleF1, b.title, b.assignment, b.source, c.title, c.assignment, c.source)
	}
	show("base")
	groupPrior, pagePrior = -1, -4
	show("priors -1 -4")
	firstScale = 1
	show("first 1")
	wordScale = .5
	show("word .5")
	switchWeight = -1
	show("switch -1")
	crossWeight = .75
	show("cross .75")

	for _, v := range []struct {
		name string
		p    *float64
		vals []float64
	}{
		{"first", &firstScale, []float64{.6, 1, 1.5}},
		{"rounds", &rounds, []float64{2, 8}},
		{"pagePrior", &pagePrior, []float64{-2, -4, -6}},
	} {
		was := *v.p
		for _, x := range v.vals {
			*v.p = x
			show(fmt.Sprint(v.name, " ", x))
		}
		*v.p = was
	}
}
