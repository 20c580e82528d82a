package neardup

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
)

// collection is articles that change, and what is known of their groups.
type collection struct {
	*rand.Rand
	stock    []string // sentences that many texts have
	parts    int      // of a text, at most
	articles []news.Article
	groups   []uint32
	state    State
}

// article returns a random article: of sentences in stock, of random ones, or a copy.
func (c *collection) article() news.Article {
	var b strings.Builder
	if len(c.articles) > 0 && c.IntN(3) == 0 {
		old := c.articles[c.IntN(len(c.articles))]
		text := []rune(old.Paragraphs[0].Text)
		switch c.IntN(4) {
		case 0: // the same text
			b.WriteString(string(text))
		case 1: // a shorter one
			b.WriteString(string(text[:len(text)-c.IntN(len(text)/3+1)]))
		default: // one with other characters
			for _, r := range text {
				if c.IntN(40) == 0 {
					r = '一' + rune(c.IntN(400))
				}
				b.WriteRune(r)
			}
		}
	} else {
		for range 1 + c.IntN(c.parts) {
			b.WriteString(c.stock[c.IntN(len(c.stock))])
			if c.IntN(2) == 0 {
				b.WriteString(randomText(c.Rand, 3+c.IntN(100/c.parts)))
			}
		}
	}
	return article("", fmt.Sprintf("青禾第%d号", c.IntN(3)), b.String())
}

func (c *collection) signatures() []Signature {
	var out []Signature
	for i := range c.articles {
		out = append(out, comparer.Sign(&c.articles[i]))
	}
	return out
}

func (c *collection) read(i int) (news.Article, error) { return c.articles[i], nil }

// change removes and adds articles, and returns how the others are numbered.
func (c *collection) change(remove, add int) Change {
	var out Change
	number := make([]uint32, len(c.articles))
	var kept []news.Article
	gone := map[int]bool{}
	for range min(remove, len(c.articles)) {
		gone[c.IntN(len(c.articles))] = true
	}
	signatures := c.signatures()
	for i, a := range c.articles {
		if gone[i] {
			out.Removed = append(out.Removed, Removed{signatures[i], uint32(len(kept)), c.state.Leads[i]})
			number[i] = NoGroup
			continue
		}
		number[i] = uint32(len(kept))
		kept = append(kept, a)
		out.Group = append(out.Group, c.groups[i])
		out.State.Leads = append(out.State.Leads, c.state.Leads[i])
	}
	for _, p := range c.state.Pairs {
		if p.A, p.B = number[p.A], number[p.B]; p.A != NoGroup && p.B != NoGroup {
			out.State.Pairs = append(out.State.Pairs, p)
		}
	}
	out.State.Full = c.state.Full
	c.articles = kept
	for range add {
		a := c.article()
		out.New = append(out.New, uint32(len(c.articles)))
		out.Group, out.State.Leads = append(out.Group, NoGroup), append(out.State.Leads, false)
		c.articles = append(c.articles, a)
	}
	out.Signatures = c.signatures()
	return out
}

// TestRegroupEqualsGroups changes articles many times and compares each result with that of
// grouping all of them, also in lists of hashes that are full.
func TestRegroupEqualsGroups(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 14))
	for _, size := range []struct{ stock, length, parts, articles, steps, change int }{
		{3, 20, 4, 20, 60, 4},    // few
		{40, 30, 5, 160, 25, 8},  // that share much
		{20, 8, 12, 400, 25, 12}, // with full lists
		{20, 8, 12, 400, 8, 150},
	} {
		c := &collection{Rand: r, parts: size.parts}
		for range size.stock {
			c.stock = append(c.stock, randomText(r, size.length))
		}
		full, groups, dropped := 0, 0, 0
		for step := range size.steps {
			remove, add := r.IntN(size.change+1), r.IntN(size.change+1)
			if step == 0 {
				remove, add = 0, size.articles
			}
			change := c.change(remove, add)
			signatures, leads := change.Signatures, slices.Clone(change.State.Leads)
			if step > 0 {
				var err error
				if c.groups, c.state, err = comparer.Regroup(context.Background(), change, c.read); err != nil {
					t.Fatal(err)
				}
			}
			wantGroups, want, err := comparer.Groups(context.Background(), signatures, nil, c.read)
			if err != nil {
				t.Fatal(err)
			}
			if step == 0 {
				c.groups, c.state = wantGroups, want
				continue
			}
			if !slices.Equal(c.groups, wantGroups) {
				t.Fatalf("%+v, step %d: groups\n%v\nwant\n%v", size, step, c.groups, wantGroups)
			}
			if !slices.Equal(c.state.Leads, want.Leads) || !slices.Equal(c.state.Pairs, want.Pairs) ||
				len(c.state.Full)+len(want.Full) > 0 && !reflect.DeepEqual(c.state.Full, want.Full) {
				t.Fatalf("%+v, step %d: state\n%v\nwant\n%v", size, step, c.state, want)
			}
			for i, lead := range leads {
				if lead && !c.state.Leads[i] {
					dropped++
				}
				if c.groups[i] != uint32(i) {
					groups++
				}
			}
			full += len(want.Full)
		}
		if groups == 0 || dropped == 0 || size.articles == 400 && full == 0 {
			t.Errorf("%+v: %d grouped articles, %d leaders that lead no longer, %d full hashes",
				size, groups, dropped, full)
		}
	}
}
