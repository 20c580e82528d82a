package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"xunwen/internal/eval"
)

// measured has the measures of one index.
type measured struct {
	Index      string         `json:"index"`
	Generation string         `json:"generation"`
	Sets       []eval.Summary `json:"sets"`
	answers    []eval.Answer
}

// evaluation is the result of indexer eval; before is nil without --against.
type evaluation struct {
	now, before *measured
	explained   bool // list queries
}

func (e evaluation) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return e.printJSON(w)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	e.now.print(t)
	if e.before != nil {
		fmt.Fprintln(t)
		e.before.print(t)
		e.printComparison(t)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if e.explained {
		e.printQueries(w)
	}
	return nil
}

func (m *measured) print(w io.Writer) {
	fmt.Fprintf(w, "%s (%s)\n", m.Index, m.Generation)
	fmt.Fprintln(w, "set\tqueries\tMRR@10\t95 %\trecall@10\t95 %\tnDCG@10\t95 %\tno hit\tabsent\tinvalid")
	for _, s := range m.Sets {
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%d\t%d\t%d\n",
			s.Set, s.Queries, interval(s.MRR), interval(s.Recall), interval(s.NDCG), s.NoHit, s.Absent, s.Invalid)
	}
}

// interval writes a mean and its interval as two cells.
func interval(i eval.Interval) string {
	return fmt.Sprintf("%.3f\t%.3f to %.3f", i.Mean, i.Low, i.High)
}

func (e evaluation) printComparison(w io.Writer) {
	fmt.Fprintf(w, "\n%s compared with %s\nset\tqueries\tMRR@10\t95 %%\twon\tlost\n", e.now.Index, e.before.Index)
	for _, c := range eval.Compare(e.now.answers, e.before.answers) {
		fmt.Fprintf(w, "%s\t%d\t%+.3f\t%+.3f to %+.3f\t%d\t%d\n", c.Set, c.Queries, c.Difference.Mean, c.Difference.Low,
			c.Difference.High, c.Won, c.Lost)
	}
}

// printQueries lists the queries that were won or lost or, for one index, those
// whose right answer is not first.
func (e evaluation) printQueries(w io.Writer) {
	if e.before != nil {
		for _, c := range eval.Changes(e.now.answers, e.before.answers) {
			fmt.Fprintf(w, "\n%+.3f  %s: %s → %s", c.Gain(), title(c.Now.Query), rank(c.Before), rank(c.Now))
			printTop(w, "before", c.Before)
			printTop(w, "now", c.Now)
		}
		fmt.Fprintln(w)
		return
	}
	for _, a := range e.now.answers {
		if a.Rank() != 1 {
			fmt.Fprintf(w, "\n%s  %s", rank(a), title(a.Query))
			printTop(w, "first", a)
		}
	}
	fmt.Fprintln(w)
}

func title(q eval.Query) string { return fmt.Sprintf("[%s] %s (%s)", q.Set, q.Text, q.ID) }

func rank(a eval.Answer) string {
	switch {
	case a.Invalid != "":
		return "invalid: " + a.Invalid
	case a.Absent:
		return "absent"
	case a.Rank() == 0:
		return fmt.Sprintf("not among the first %d of %d", eval.Depth, a.Total)
	}
	return fmt.Sprintf("rank %d of %d", a.Rank(), a.Total)
}

// printTop prints the first hit of an answer and its first right one.
func printTop(w io.Writer, label string, a eval.Answer) {
	for i, h := range a.Hits {
		if i == 0 || i+1 == a.Rank() {
			fmt.Fprintf(w, "\n  %s %d. %s %s%s", label, i+1, h.ID, h.Title, scoreParts(h))
		}
	}
}

// scoreParts writes a score as the sum of its parts.
func scoreParts(h eval.Hit) string {
	var b strings.Builder
	fmt.Fprintf(&b, " %.1f", h.Score)
	sign := " ="
	for _, p := range h.Explanation.Parts {
		fmt.Fprintf(&b, "%s %s %.1f", sign, p.Name, p.Score)
		sign = " +"
	}
	return b.String()
}

// evaluationJSON is the JSON of indexer eval; comparison and lists are optional.
type evaluationJSON struct {
	measured
	Against    *measured         `json:"against,omitempty"`
	Comparison []eval.Comparison `json:"comparison,omitempty"`
	Answers    []eval.Answer     `json:"answers,omitempty"`
	Changes    []eval.Change     `json:"changes,omitempty"`
}

func (e evaluation) printJSON(w io.Writer) error {
	out := evaluationJSON{measured: *e.now, Against: e.before}
	if e.before != nil {
		out.Comparison = eval.Compare(e.now.answers, e.before.answers)
	}
	switch {
	case e.explained && e.before != nil:
		out.Changes = eval.Changes(e.now.answers, e.before.answers)
	case e.explained:
		out.Answers = e.now.answers
	}
	return json.NewEncoder(w).Encode(out)
}
