package eval_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// TestEvalNumbers compares what numbers with units find in real news with a scan of every
// text for all ways to write them, which are spelt here a second time.
func TestEvalNumbers(t *testing.T) {
	l := corpusIndex(t, "operands", asIs, "broadcast", "newspaper1998")
	all := joinedArticles(t, analyzerOf(t, l).Folder, "broadcast", "newspaper1998")
	numbers := drawNumbers(all, 150)
	found, byOthers := 0, 0
	for _, n := range numbers {
		rule := newNumberRule(n)
		hits := allHits(t, l, n)
		found += len(hits)
		missing, wrong := []string{}, []string{}
		for _, a := range all {
			asTyped := slices.ContainsFunc(a.texts, rule.asTyped)
			want := asTyped || slices.ContainsFunc(a.texts, rule.otherwise)
			if want && !asTyped {
				byOthers++
			}
			switch {
			case want && !hits[a.id]:
				missing = append(missing, a.id)
			case !want && hits[a.id]:
				wrong = append(wrong, a.id)
			}
		}
		if len(missing)+len(wrong) > 0 {
			t.Errorf("%s, also %v, does not find %s; finds %s", n, rule.others, firstOf(missing), firstOf(wrong))
		}
	}
	t.Logf("%d numbers over %d articles exact: %d hits, %d of them in characters only",
		len(numbers), len(all), found, byOthers)
}

// drawNumbers draws numbers in digits with a unit from texts, and longer ones without.
func drawNumbers(all []joinedArticle, n int) []string {
	r := rand.New(rand.NewPCG(2, 17)) // the same at every run
	form := regexp.MustCompile(`(?:^|[^\d.,·:/a-z-])(\d{1,4}[年月日人名元岁%]|\d{3,5})(?:$|[^\d.,·:/a-z%-])`)
	seen := map[string]bool{}
	var out []string
	for len(out) < n {
		a := all[r.IntN(len(all))]
		found := form.FindAllStringSubmatch(a.texts[r.IntN(len(a.texts))].Text, -1)
		if len(found) == 0 {
			continue
		}
		number := found[r.IntN(len(found))][1]
		digits := strings.TrimRight(number, "年月日人名元岁%")
		value, _ := strconv.Atoi(digits)
		// The numbers 1 and 2 have rules of their own, and so has a zero in front.
		if value > 2 && digits[0] != '0' && !seen[number] {
			seen[number] = true
			out = append(out, number)
		}
	}
	return out
}

// numberRule decides which texts have a number.
type numberRule struct {
	typed  string
	others []string // other ways to write it
}

func newNumberRule(number string) numberRule {
	digits := strings.TrimRight(number, "年月日人名元岁%")
	unit := number[len(digits):]
	value, _ := strconv.Atoi(digits)
	rule := numberRule{typed: number}
	add := func(texts ...string) {
		for _, text := range texts {
			rule.others = append(rule.others, text+unit)
		}
	}
	spelt := spellNumber(value)
	switch isYear := unit == "年" && len(digits) == 4; {
	case unit == "%":
		unit = ""
		for _, s := range spelt {
			add("百分之" + s)
		}
		if value == 100 {
			add("百分之百")
		}
		return rule
	case !isYear || value%100 == 0:
		add(spelt...)
		for _, s := range spelt {
			add(strings.ReplaceAll(s, "零", "〇"))
		}
	}
	consecutive := len(digits) == 2 && (digits[1] == digits[0]+1 || digits == "35")
	if len(digits) > 2 || len(digits) == 2 && unit == "年" && !consecutive {
		zeros := []string{"〇", "零"}
		if unit == "年" && len(digits) == 4 {
			zeros = append(zeros, "o", "0")
		}
		for _, zero := range zeros {
			names := strings.Split(zero+" 一 二 三 四 五 六 七 八 九", " ")
			read := ""
			for _, d := range digits {
				read += names[d-'0']
			}
			add(read)
		}
	}
	if value >= 20 && value < 40 && strings.Contains("年日岁", unit) {
		add(strings.NewReplacer("二十", "廿", "三十", "卅").Replace(spelt[0]))
	}
	if value < 10 && strings.Contains("月日", unit) {
		add("0" + digits)
	}
	if value < 10000 && value%1000 == 0 && unit != "" {
		add(strconv.Itoa(value/1000) + "千")
	}
	if value >= 10000 && value%100 == 0 {
		wan := strconv.FormatFloat(float64(value)/10000, 'f', -1, 64)
		whole, decimals, _ := strings.Cut(wan, ".")
		add(wan + "万")
		if decimals != "" {
			of, _ := strconv.Atoi(whole)
			for _, s := range spellNumber(of) {
				s += "点"
				for _, d := range decimals {
					s += string([]rune("零一二三四五六七八九")[d-'0'])
				}
				add(s + "万")
			}
		}
	}
	return rule
}

// spellNumber spells a number below 100,000: with 二 only, with 两 before 千 and 万, and also
// before 百.
func spellNumber(value int) []string {
	plain, gap := "", false
	rest := value
	for _, u := range []struct {
		of   int
		name string
	}{{10000, "万"}, {1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		digit := rest / u.of
		rest %= u.of
		switch {
		case digit == 0:
			gap = plain != ""
			continue
		case gap:
			plain += "零"
		}
		gap = false
		plain += string([]rune("零一二三四五六七八九")[digit]) + u.name
	}
	if value < 20 {
		plain = strings.Replace(plain, "一十", "十", 1)
	}
	liang := func(s string) string { return strings.NewReplacer("二千", "两千", "二万", "两万").Replace(s) }
	return []string{plain, liang(plain), liang(strings.ReplaceAll(plain, "二百", "两百"))}
}

func (r numberRule) asTyped(text textnorm.Joined) bool {
	for range text.Occurrences(r.typed) {
		return true
	}
	return false
}

// otherwise reports whether a text has another writing that is no part of a longer number.
func (r numberRule) otherwise(text textnorm.Joined) bool {
	return slices.ContainsFunc(r.others, func(other string) bool {
		for at := range text.Occurrences(other) {
			before, after := text.Text[:at], text.Text[at+len(other):]
			cut := endsNumber.MatchString(before+"|"+firstRune(other)) ||
				endsNumber.MatchString(lastRune(other)+"|"+after)
			if !cut {
				return true
			}
		}
		return false
	})
}

// endsNumber matches a text that is cut, at the bar, inside a number.
var endsNumber = regexp.MustCompile(fmt.Sprintf(`(?:[%[1]s]|[%[1]s]点|几|数)\|[%[1]s]|[%[1]s]\|点[%[1]s]|\d\|\.?\d|\d\.\|\d`,
	"〇零○一二两三四五六七八九十廿卅百千万亿"))

func firstRune(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

func lastRune(s string) string {
	_, size := utf8.DecodeLastRuneInString(s)
	return s[len(s)-size:]
}
