package page

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/source/worktest"
)

// unusualPages are units that make pages in shapes that no newspaper has when
// they are repeated.
var unusualPages = map[string]string{
	"one line":        "长",
	"short lines":     "江水\n",
	"short blocks":    "江\n\n",
	"headings":        "渡口恢复通航\n\n",
	"text, headings":  "老渡口昨天恢复通航，两岸的居民都来看船。\n\n渡口恢复通航\n\n",
	"never ending":    "老渡口昨天恢复通航，两岸的居民都来看\n\n",
	"head lines":      "2023年3月3日 星期五 综合 第5版\n",
	"bylines":         "本报记者 沈一帆\n\n",
	"captions":        "渡船靠岸。 新华社发\n\n",
	"credits":         "新华社发\n\n",
	"brackets":        "（（《",
	"blanks":          " 　\n",
	"tracked":         "老 渡 口 昨 天 ， ",
	"latin":           "Silver Heron\n",
	"indented":        "　　老渡口昨天恢复通航。\n渡口\n",
	"sources":         "渡船靠岸。据新华社\n\n",
	"table":           "1    2    3\n",
	"invalid UTF-8":   "\xff\xfe\n",
	"digits":          "1",
	"one wide column": strings.Repeat("江", 3000) + "\n",
}

// TestLinear requires that the work of reading a page grows with its size,
// whatever its shape. A reader that looks back over the page for each line
// would execute 16 times the statements for 4 times the page.
func TestLinear(t *testing.T) {
	const small, large = 48 << 10, 4 * 48 << 10
	counter := worktest.NewCounter(t, "TestReadUnusual", "xunwen/internal/source/page", "regexp", "strings")
	for _, name := range slices.Sorted(maps.Keys(unusualPages)) {
		t.Run(name, func(t *testing.T) { counter.Linear(t, name, small, large) })
	}
}

// TestReadUnusual is what TestLinear counts.
func TestReadUnusual(t *testing.T) {
	name, size := worktest.Case(t)
	text := strings.Repeat(unusualPages[name], size/len(unusualPages[name]))
	worktest.Allocated(t, func() { Parse(text) })
}
