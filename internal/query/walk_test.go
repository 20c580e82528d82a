package query

import (
	"reflect"
	"slices"
	"testing"
)

const walked = `北约 -(title:东扩 OR "里亚布科夫") source:(新华社 -法新社) c9* "俄罗斯 乌克兰"~5 date:2024-03-05`

func TestWalk(t *testing.T) {
	n, err := Parse(walked)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		skip func(Node) bool
		want []string // the words, phrases and prefixes visited
	}{
		{"everything", func(Node) bool { return false }, []string{"北约", "东扩", "里亚布科夫", "新华社", "法新社", "c9"}},
		{"exclusions skipped", func(n Node) bool { _, not := n.(*Not); return not }, []string{"北约", "新华社", "c9"}},
		{"fields skipped", func(n Node) bool { _, field := n.(*Field); return field }, []string{"北约", "里亚布科夫", "c9"}},
	} {
		var got []string
		Walk(n, func(n Node) bool {
			switch n := n.(type) {
			case *Word:
				got = append(got, n.Text)
			case *Phrase:
				got = append(got, n.Text)
			case *Prefix:
				got = append(got, n.Text)
			}
			return !c.skip(n)
		})
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestMap(t *testing.T) {
	n, err := Parse(walked)
	if err != nil {
		t.Fatal(err)
	}
	same := Map(n, func(n Node) (Node, bool) { return n, true })
	if !reflect.DeepEqual(same, n) || same == n {
		t.Errorf("the identity gives %v, want a copy of %v", same, n)
	}
	got := Map(n, func(n Node) (Node, bool) {
		switch n := n.(type) {
		case *Word:
			return &Word{Text: n.Text + "了"}, true
		case *Field:
			return n, n.Name != Source
		}
		return n, true
	})
	want, err := Parse(`北约了 -(title:东扩了 OR "里亚布科夫") source:(新华社 -法新社) c9* "俄罗斯 乌克兰"~5 date:2024-03-05`)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if n.String() != walked {
		t.Errorf("the tree became %v", n)
	}
}

// Nodes that hold others are walked and mapped like all others.
func TestWalkProximityAndOccurrences(t *testing.T) {
	n := &And{Nodes: []Node{
		&Proximity{Left: &Word{Text: "俄罗斯"}, Right: &Phrase{Text: "北约"}, Relation: Within, Distance: 10},
		&Occurrences{Node: &Word{Text: "新冠"}, Min: 5},
		&Length{Min: 2000},
	}}
	if want := `俄罗斯 /NEAR 10 "北约" 新冠 $5 length:>=2000`; n.String() != want {
		t.Errorf("written %s, want %s", n, want)
	}
	got := Map(n, func(n Node) (Node, bool) {
		if word, ok := n.(*Word); ok {
			return &Word{Text: word.Text + "了"}, true
		}
		return n, true
	})
	if want := `俄罗斯了 /NEAR 10 "北约" 新冠了 $5 length:>=2000`; got.String() != want {
		t.Errorf("mapped to %s, want %s", got, want)
	}
}
