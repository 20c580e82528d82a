package e2e

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
)

var (
	randomCount = flag.Int("random", 600, "number of requests of TestRandomRequests")
	randomSeed  = flag.Uint64("random-seed", 1, "seed of these requests")
)

// longRequestLine is the longest request that is certain to be answered as documented.
const longRequestLine = 15 << 10

// randomAskers is the number of concurrent clients.
const randomAskers = 4

// TestRandomRequests sends valid, borderline and invalid requests, with queries of
// random Chinese characters and operators. The server must never fail, and its answer
// must be as documented.
func TestRandomRequests(t *testing.T) {
	base := serveSamples(t)
	doc, router := openAPI(t, base)
	ids, cursors := knownAnswers(t, base)
	for i := range randomAskers {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			a := asker{rand.New(rand.NewPCG(*randomSeed, uint64(i))), doc, ids, cursors}
			statuses := map[int]int{}
			for range *randomCount / randomAskers {
				statuses[a.ask(t, router, base)]++
				if t.Failed() {
					return // one failure is enough
				}
			}
			if statuses[http.StatusOK] == 0 || statuses[http.StatusBadRequest] == 0 {
				t.Error("no valid or no invalid requests were sent")
			}
			t.Logf("answers by status: %v", statuses)
		})
	}
}

// knownAnswers returns ids of articles and cursors to use in requests.
func knownAnswers(t *testing.T, base string) (ids, cursors []string) {
	t.Helper()
	for _, path := range []string{"/api/v1/search?q=大桥&size=5", "/api/v1/search?q=大桥&by=paragraph&sort=newest&size=3",
		"/api/v1/search?publication=临江日报"} {
		status, members, err := answer(t.Context(), base+encode(path))
		if err != nil || status != http.StatusOK {
			t.Fatalf("%s: %d %v", path, status, err)
		}
		cursors = append(cursors, members["cursor"].(string))
		for _, h := range members["hits"].([]any) {
			ids = append(ids, h.(map[string]any)["article_id"].(string))
		}
	}
	return ids, cursors
}

// asker generates requests.
type asker struct {
	*rand.Rand
	doc          *openapi3.T
	ids, cursors []string
}

// ask sends one request and checks its answer.
func (a asker) ask(t *testing.T, router routers.Router, base string) (status int) {
	address := a.address(base)
	for len(address) > longRequestLine { // longer ones can be rejected before they are parsed
		address = a.address(base)
	}
	described, status := checkAnswer(t, router, address)
	if status >= 500 {
		t.Errorf("%s: %d", address, status)
	}
	if described == "" && status != http.StatusNotFound {
		t.Errorf("%s is not documented and answers %d", address, status)
	}
	return status
}

func (a asker) address(base string) string {
	var paths []string // that are asked with GET
	for path, item := range a.doc.Paths.Map() {
		if item.Get != nil {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	path := pick(a, paths)
	var query []string
	add := func(name, value string) {
		query = append(query, url.QueryEscape(name)+"="+a.escape(value))
	}
	for _, ref := range a.doc.Paths.Value(path).Get.Parameters {
		p := ref.Value
		switch {
		case p.In == openapi3.ParameterInPath:
			path = strings.Replace(path, "{"+p.Name+"}", url.PathEscape(a.id()), 1)
		case a.chance(.35) || p.Required && a.chance(.9) || p.Name == "q" && a.chance(.7):
			add(p.Name, a.value(p))
			for a.chance(.1) {
				add(p.Name, a.value(p))
			}
		}
	}
	if a.chance(.03) {
		add(pick(a, []string{"Q", "seiten", "q[]", "", "尺寸"}), a.text())
	}
	a.Shuffle(len(query), func(i, j int) { query[i], query[j] = query[j], query[i] })
	if len(query) == 0 {
		return base + path
	}
	return base + path + "?" + strings.Join(query, "&")
}

func (a asker) chance(share float64) bool { return a.Float64() < share }

func pick[T any](a asker, list []T) T { return list[a.IntN(len(list))] }

// escape percent-encodes a value, sometimes wrongly.
func (a asker) escape(value string) string {
	if a.chance(.01) {
		return strings.ReplaceAll(url.QueryEscape(value), "%", "%%")
	}
	return url.QueryEscape(value)
}

func (a asker) id() string {
	if a.chance(.6) {
		return pick(a, a.ids)
	}
	if text := a.text(); text != "" && text != "." && text != ".." { // net/http cleans those away
		return text
	}
	return "-"
}

// value returns a valid or almost valid value of a parameter.
func (a asker) value(p *openapi3.Parameter) string {
	schema := p.Schema.Value
	if schema.Items != nil {
		schema = schema.Items.Value
	}
	if a.chance(.05) {
		return a.text()
	}
	switch {
	case len(schema.Enum) > 0:
		v := fmt.Sprint(pick(a, schema.Enum))
		if a.chance(.05) {
			v = strings.ToUpper(v) + " "
		}
		return v
	case schema.Type.Is("integer"):
		return a.number(schema)
	case p.Name == "q":
		return a.query()
	case p.Name == "cursor":
		return a.cursor()
	case schema.Format == "date":
		return a.day()
	}
	return pick(a, []string{"临江日报", "青禾晚报", "要闻", "新华社", "1", "A1", "", a.text()})
}

// number returns a number within a schema's bounds, at them or just outside.
func (a asker) number(s *openapi3.Schema) string {
	low, high := 0.0, 100.0
	if s.Min != nil {
		low = *s.Min
	}
	if s.Max != nil {
		high = *s.Max
	}
	whole := func(v float64) string { return strconv.Itoa(int(v)) }
	return pick(a, []string{
		whole(low), whole(high), whole(low - 1), whole(high + 1), whole(low + a.Float64()*(high-low)),
		"+1", "01", "1.0", "1e1", "", " 1", "9223372036854775808", "-0", "十",
	})
}

func (a asker) day() string {
	day := fmt.Sprintf("%04d-%02d-%02d", 2024+a.IntN(4), a.IntN(14), a.IntN(33))
	return pick(a, []string{
		day, day, "2025-09-18", "2026-01-01", "0000-01-01", "9999-12-31", "2025-02-29", "2025-9-1", "2025", "昨天", "",
	})
}

// cursor returns a cursor of this or another search, or an invalid one.
func (a asker) cursor() string {
	c := pick(a, a.cursors)
	switch a.IntN(4) {
	case 0:
		return c[:a.IntN(len(c))]
	case 1:
		i := a.IntN(len(c))
		return c[:i] + string(rune('A'+a.IntN(26))) + c[i+1:]
	}
	return c
}

// queryPieces are what queries are made of.
var queryPieces = []string{
	"青禾大桥", "大桥", "云汀湖", "c919", "C9*", "的", "里亚布科夫", "１２３", "𠮷野", "9", "合龙*",
	"OR", "|", "｜", "AND", "-", "－", "-大桥", "(", ")", "（", "）", `"`, "“", "”", "「", "」",
	`"大桥"`, `"大桥 合龙"~5`, "~", "~10", "*", "a*",
	"title:", "标题：", "标题:大桥", "source:新华社", "kind:caption", "page:1", "nofield:x",
	"date:", "date:2025", "日期：2025-09-18", "date:2025-02-30", "date:2025-01..2026-01", "date:2026..2025",
	":", "：", "\\", "/", "<script>", "&amp;", "%", "+", "。", "！？", "\t", "　",
	"\u200b", "\u0301", "\u202e", "😀", "\u0000", "\ufeff",
}

// query joins random pieces, with and without spaces.
func (a asker) query() string {
	if a.chance(.02) {
		return strings.Repeat(pick(a, []string{"大", "a ", "(", `"`, "大 OR ", "-"}),
			pick(a, []int{63, 64, 65, 511, 512, 513, 3000}))
	}
	var b strings.Builder
	for range 1 + a.IntN(6) {
		if a.chance(.3) {
			b.WriteString(a.text())
		} else {
			b.WriteString(pick(a, queryPieces))
		}
		if a.chance(.6) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// text returns a few characters: mostly Chinese, some of any script, some invalid UTF-8.
func (a asker) text() string {
	var b strings.Builder
	for range a.IntN(9) {
		switch n := a.IntN(40); {
		case n < 30:
			b.WriteRune(rune(0x4e00 + a.IntN(0x5200)))
		case n < 34:
			b.WriteByte(byte(' ' + a.IntN(95)))
		case n < 39:
			b.WriteRune(rune(a.IntN(0x30000)))
		default:
			b.WriteByte(byte(a.IntN(256)))
		}
	}
	return b.String()
}
