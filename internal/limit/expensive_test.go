package limit

import (
	"testing"

	"xunwen/internal/query"
)

func TestIsExpensive(t *testing.T) {
	for q, want := range map[string]bool{
		`"，"`: true, `"1，"`: true, `"a b"`: true, `"，在"`: true, `"1万"`: true, `"》《"`: true,
		`"的 是"~5`: true, `title:"，"`: true, `"北约东扩" OR "，"`: true, `(的 "，")`: true, `是 -"，"`: true,
		`date:2022 "，在"`: true,

		`的`: false, `"1"`: false, `"ab"`: false, `"的"`: false, `"的是"`: false, `"2023"`: false, `"c919"`: false,
		`"１２３４"`: false, `"北约东扩"`: false, `"发展，"`: false, `"俄罗斯 的"~10`: false, `北约 "，"`: false,
		`"北约" "，"`: false, `北约 -"，"`: false, `c9*`: false, `date:2022`: false,
	} {
		n, err := query.Parse(q)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		if isExpensive(n) != want {
			t.Errorf("%s: expensive %t, want %t", q, !want, want)
		}
	}
	if isExpensive(nil) {
		t.Error("no query is expensive")
	}
}
