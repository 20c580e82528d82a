package generation

import (
	"slices"
	"strings"
	"testing"
)

// A process has pinned the second of several generations, and the last ones were
// rolled back.
func TestPrune(t *testing.T) {
	for _, tc := range []struct {
		name          string
		keep, current int
		before        []int // none, or one that was current before
		kept, inUse   []int
	}{
		{"the newest stay", 2, 4, nil, []int{3, 4}, []int{1}},
		{"what was rolled back from goes before the current one", 1, 2, nil, []int{2}, []int{1}},
		{"the current one is counted", 2, 2, nil, []int{2, 4}, []int{1}},
		{"the one before goes after all others", 2, 4, []int{2}, []int{2, 4}, []int{1}},
		{"but for the current one", 1, 4, []int{2}, []int{4}, []int{1}},
		{"what is in use may be among them", 3, 4, []int{1}, []int{1, 3, 4}, nil},
		{"more than there are", 9, 0, nil, []int{0, 1, 2, 3, 4}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := newFolder(t)
			var made []string
			for _, content := range []string{"一", "二", "三", "四", "五"} {
				made = append(made, mustPublish(t, f, content).Name)
			}
			release, err := f.Pin(made[1])
			if err != nil {
				t.Fatal(err)
			}
			named := func(list []int) []string {
				out := []string{}
				for _, i := range list {
					out = append(out, made[i])
				}
				return out
			}
			var p Pruned
			err = locked(f, func() (err error) {
				if tc.current < len(made)-1 {
					_, err = f.Rollback(t.Context(), made[tc.current], nil)
				}
				if err == nil {
					p, err = f.Prune(tc.keep, strings.Join(named(tc.before), ""))
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(p.Kept, named(tc.kept)) || !slices.Equal(p.InUse, named(tc.inUse)) {
				t.Errorf("pruned %+v of %v", p, made)
			}
			if got := names(t, f); len(got) != len(tc.kept)+len(tc.inUse) {
				t.Errorf("generations %v", got)
			}
			if err := release(); err != nil {
				t.Fatal(err)
			}
			sound(t, f)
		})
	}
}
