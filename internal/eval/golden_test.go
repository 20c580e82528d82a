package eval_test

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// golden is a file of queries with the first hits that each is known to have.
//
//	query 云汀湖 治理
//	with sort=newest size=5
//	total 12
//	* 2026-04-22 临江日报 1版 云汀湖水质首次稳定达到Ⅲ类
//	  2026-06-06 江畔周刊 2版 一个湖的五百天
//
// with is optional. A star marks a hit that a person judged right; MRR is
// computed over the queries that have one.
type golden struct {
	cases []goldenCase
	tail  []string // comments after the last query
}

type goldenCase struct {
	line     int
	comments []string // comments and empty lines before the query
	query    string
	options  string
	ranking  ranking
	right    map[string]bool // by label
}

// ranking is what a search answers.
type ranking struct {
	total int
	hits  []rankedHit
}

type rankedHit struct {
	label      string // names the article, and by paragraph the paragraph
	duplicates int    // near-duplicates that collapse into it
}

func (h rankedHit) String() string {
	if h.duplicates > 0 {
		return fmt.Sprintf("%s%s%d", h.label, duplicatesMark, h.duplicates)
	}
	return h.label
}

const (
	queryKey, optionsKey, totalKey = "query ", "with ", "total "

	rightMark, otherMark = "* ", "  "
	duplicatesMark       = " +"
)

func parseGolden(data []byte) (golden, error) {
	var g golden
	for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			g.tail = append(g.tail, line)
			continue
		}
		if text, found := strings.CutPrefix(line, queryKey); found {
			g.cases = append(g.cases, goldenCase{line: i + 1, comments: g.tail, query: text, right: map[string]bool{}})
			g.tail = nil
			continue
		}
		if len(g.cases) == 0 {
			return golden{}, fmt.Errorf("line %d: want a query, found %q", i+1, line)
		}
		if err := g.cases[len(g.cases)-1].parse(line); err != nil {
			return golden{}, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return g, nil
}

// parse adds a line below a query.
func (c *goldenCase) parse(line string) (err error) {
	if text, found := strings.CutPrefix(line, optionsKey); found {
		c.options = text
		return nil
	}
	if text, found := strings.CutPrefix(line, totalKey); found {
		c.ranking.total, err = strconv.Atoi(text)
		return err
	}
	label, isRight := strings.CutPrefix(line, rightMark)
	if !isRight {
		var isHit bool
		if label, isHit = strings.CutPrefix(line, otherMark); !isHit {
			return fmt.Errorf("want query, with, total or a hit, found %q", line)
		}
	}
	h := rankedHit{label: label}
	if at := strings.LastIndex(label, duplicatesMark); at >= 0 {
		if n, err := strconv.Atoi(label[at+len(duplicatesMark):]); err == nil {
			h = rankedHit{label[:at], n}
		}
	}
	c.right[h.label] = isRight
	c.ranking.hits = append(c.ranking.hits, h)
	return nil
}

// print returns the file with other rankings; what a person wrote stays.
func (g golden) print(now []ranking) []byte {
	var b bytes.Buffer
	for i, c := range g.cases {
		for _, line := range c.comments {
			fmt.Fprintln(&b, line)
		}
		fmt.Fprintln(&b, queryKey+c.query)
		if c.options != "" {
			fmt.Fprintln(&b, optionsKey+c.options)
		}
		fmt.Fprintln(&b, totalKey+strconv.Itoa(now[i].total))
		for _, h := range now[i].hits {
			mark := otherMark
			if c.right[h.label] {
				mark = rightMark
			}
			fmt.Fprintln(&b, mark+h.String())
		}
	}
	for _, line := range g.tail {
		fmt.Fprintln(&b, line)
	}
	return b.Bytes()
}

// summaryLines keeps a summary on one screen.
const summaryLines = 20

// summary describes on one screen how rankings differ from the file; "" if they
// don't.
func (g golden) summary(now []ranking) string {
	var lines []string
	better, worse := 0, 0
	for i, c := range g.cases {
		if c.ranking.equal(now[i]) {
			continue
		}
		gain := c.reciprocalRank(now[i]) - c.reciprocalRank(c.ranking)
		if gain > 0 {
			better++
		}
		if gain < 0 {
			worse++
		}
		name := strings.TrimSpace(c.query + " " + c.options)
		lines = append(lines, fmt.Sprintf("line %d, %s: %s", c.line, name, c.ranking.changes(now[i])))
	}
	if len(lines) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d queries changed: a right hit is higher in %d, lower in %d; MRR %.3f, was %.3f\n",
		len(lines), len(g.cases), better, worse, g.meanReciprocalRank(now), g.meanReciprocalRank(g.rankings()))
	for _, line := range lines[:min(len(lines), summaryLines)] {
		fmt.Fprintln(&b, line)
	}
	if more := len(lines) - summaryLines; more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	return b.String()
}

func (g golden) rankings() []ranking {
	out := make([]ranking, len(g.cases))
	for i, c := range g.cases {
		out[i] = c.ranking
	}
	return out
}

// meanReciprocalRank is over the queries with a right hit.
func (g golden) meanReciprocalRank(of []ranking) float64 {
	sum, judged := 0.0, 0
	for i, c := range g.cases {
		if c.judged() {
			sum += c.reciprocalRank(of[i])
			judged++
		}
	}
	return sum / float64(max(1, judged))
}

func (c goldenCase) judged() bool {
	for _, isRight := range c.right {
		if isRight {
			return true
		}
	}
	return false
}

func (c goldenCase) reciprocalRank(of ranking) float64 {
	if i := slices.IndexFunc(of.hits, func(h rankedHit) bool { return c.right[h.label] }); i >= 0 {
		return 1 / float64(i+1)
	}
	return 0
}

func (r ranking) equal(other ranking) bool {
	return r.total == other.total && slices.Equal(r.hits, other.hits)
}

// changes describes on one line what is different in now.
func (r ranking) changes(now ranking) string {
	const shown = 3
	type change struct {
		moved int // places up or down
		text  string
	}
	var all []change
	for i, h := range now.hits {
		switch was := r.rank(h); {
		case was < 0:
			all = append(all, change{len(now.hits) - i, fmt.Sprintf("new %d %s", i+1, h)})
		case was != i:
			all = append(all, change{max(i-was, was-i), fmt.Sprintf("%d→%d %s", was+1, i+1, h)})
		}
	}
	for i, h := range r.hits {
		if now.rank(h) < 0 {
			all = append(all, change{len(r.hits) - i, fmt.Sprintf("%d→out %s", i+1, h)})
		}
	}
	slices.SortStableFunc(all, func(a, b change) int { return cmp.Compare(b.moved, a.moved) })
	var out []string
	if r.total != now.total {
		out = append(out, fmt.Sprintf("total %d→%d", r.total, now.total))
	}
	for _, c := range all[:min(len(all), shown)] {
		out = append(out, c.text)
	}
	return strings.Join(out, "; ")
}

func (r ranking) rank(h rankedHit) int { return slices.Index(r.hits, h) }
