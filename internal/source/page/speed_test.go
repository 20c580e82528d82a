package page

import (
	"strings"
	"testing"
	"time"
)

// TestLinear reads pages of 256 KB in shapes that no newspaper has. A reader
// that looks back over the page for each line would take minutes; this one
// takes under a tenth of a second for each, some seconds with the race
// detector, and forty times that for 10 MB.
func TestLinear(t *testing.T) {
	const size = 256 << 10
	const limit = 15 * time.Second
	for name, unit := range map[string]string{
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
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Repeat(unit, size/len(unit))
			start := time.Now()
			Parse(text)
			if d := time.Since(start); d > limit {
				t.Errorf("took %v, want less than %v", d, limit)
			} else {
				t.Logf("%v", d.Round(time.Millisecond))
			}
		})
	}
}
