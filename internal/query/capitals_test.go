package query

import "testing"

func TestCapitalOperators(t *testing.T) {
	for _, tc := range []struct{ query, want string }{
		{"北约 or 欧盟", "北约 OR 欧盟"},
		{"北约  And　欧盟 not 俄罗斯", "北约 AND 欧盟 NOT 俄罗斯"},
		{"北约 OR 欧盟", ""},
		{"or 欧盟", ""},
		{"北约 or", ""},
		{`"to be or not to be" 戏剧`, ""},
		{"北约 欧盟", ""},
		{"", ""},
	} {
		if got := CapitalOperators(tc.query); got != tc.want {
			t.Errorf("%q: %q, want %q", tc.query, got, tc.want)
		}
	}
}
