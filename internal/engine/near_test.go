package engine

import "testing"

func TestNearSpans(t *testing.T) {
	for _, c := range []struct {
		text     string
		words    []string
		distance int
		want     int // places
	}{
		{"北岸持续东扩码头", []string{"北岸", "码头"}, 4, 2},
		{"北岸持续东扩码头", []string{"北岸", "码头"}, 3, 0},
		{"北岸持续东扩码头", []string{"码头", "北岸"}, 4, 2},
		{"码头北岸码头", []string{"北岸", "码头"}, 0, 3},
		{"北岸", []string{"北岸", "北"}, 9, 0}, // one place can't be both
		{"北岸北", []string{"北岸", "北"}, 0, 2},
		{"一一", []string{"一", "一"}, 0, 2},
		{"一", []string{"一", "一"}, 9, 0},
		{"甲乙丙丁", []string{"甲乙丙", "丙丁"}, 0, 2},
		{"甲乙丙丁戊己庚", []string{"甲", "乙丙", "丙丁", "庚"}, 1, 0},
		{"北岸的东扩的码头", []string{"北岸", "东扩", "码头"}, 2, 3},
		{"北岸的东扩的码头", []string{"北岸", "东扩", "码头"}, 1, 0},
		{"", []string{"北岸", "码头"}, 9, 0},
	} {
		if got := nearSpans(c.text, c.words, c.distance); len(got) != c.want {
			t.Errorf("%s %v~%d: %d places %v, want %d", c.text, c.words, c.distance, len(got), got, c.want)
		}
	}
}
