package page

import (
	"testing"

	"xunwen/internal/server/highlight"
)

func TestChangesAreMarked(t *testing.T) {
	for _, tc := range []struct{ typed, meant, want string }{
		{"行天员", "航天员", "【航】天员"},
		{"title:行天员 谭德赛", "title:航天员 谭德塞", "title:【航】天员 谭德【塞】"},
		{"卫生织", "卫生组织", "卫生【组】织"},
		{"航天天员", "航天员", "航天员"},
		{"recieved", "received", "rec【ei】ved"},
		{"", "x", "【x】"},
	} {
		got := ""
		for _, p := range highlight.Pieces(tc.meant, changes(tc.typed, tc.meant)) {
			if p.Mark {
				got += "【" + p.Text + "】"
			} else {
				got += p.Text
			}
		}
		if got != tc.want {
			t.Errorf("%s for %s: %s", tc.meant, tc.typed, got)
		}
	}
}
