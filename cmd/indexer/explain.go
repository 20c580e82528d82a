package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"xunwen/internal/cli"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/terminal"
)

type explainFlags struct {
	indexFlags
	by   string
	size int
}

func newExplain(std *streams) *cobra.Command {
	var f explainFlags
	cmd := &cobra.Command{
		Use:   "explain --index FOLDER QUERY",
		Short: "Show how a query is matched and its first hits are scored",
		Long: "explain prints the plan of a query, one line per node after its cost, and the first hits with the\n" +
			"parts that add up to their scores.",
		Example: "  indexer explain --index indexes/news '青禾大桥 -渡口'",
		Args:    atLeastOne("QUERY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			request, err := f.request(strings.Join(args, " "))
			if err != nil {
				return err
			}
			return explain(cmd.Context(), std, f, request)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.by, "by", string(search.ByArticle), "article or paragraph")
	cmd.Flags().IntVar(&f.size, "size", 5, "number of hits")
	return cmd
}

// request returns the search that the command line asks for.
func (f explainFlags) request(text string) (search.Request, error) {
	r := search.Request{
		By:            search.By(f.by),
		Size:          f.size,
		NoHighlights:  true,
		NoSuggestions: true,
		Explain:       true,
	}
	if r.By != search.ByArticle && r.By != search.ByParagraph {
		return r, cli.Usagef("--by %q: want %s or %s", f.by, search.ByArticle, search.ByParagraph)
	}
	if r.Size < 1 || r.Size > search.MaxSize {
		return r, cli.Usagef("--size %d: want 1 to %d", r.Size, search.MaxSize)
	}
	node, err := query.Parse(text)
	if err != nil {
		return r, cli.Usagef("query %q: %w", text, err)
	}
	if node == nil {
		return r, cli.Usagef("query %q contains no word", text)
	}
	r.Query = node
	return r, nil
}

func explain(ctx context.Context, std *streams, f explainFlags, r search.Request) error {
	engine, err := openPublished(ctx, std, f.dir)
	if err != nil {
		return err
	}
	defer engine.Close() // read only
	response, err := engine.Search(ctx, r)
	if err != nil {
		return err
	}
	if std.json {
		return json.NewEncoder(std.out).Encode(newExplained(r, response))
	}
	return printExplained(std.out, r, response)
}

// explained is the JSON of indexer explain.
type explained struct {
	Query string         `json:"query"`
	Plan  string         `json:"plan"`
	Total int            `json:"total"`
	Hits  []explainedHit `json:"hits"`
}

type explainedHit struct {
	ID    string          `json:"id"`
	Title string          `json:"title"`
	Score float64         `json:"score"`
	Parts []explainedPart `json:"parts"`
}

type explainedPart struct {
	Name  search.PartName `json:"part"`
	Score float64         `json:"score"`
	Terms []explainedTerm `json:"terms"`
}

type explainedTerm struct {
	Term      string  `json:"term"`
	Channel   string  `json:"channel"`
	Frequency int     `json:"frequency"`
	Weight    float64 `json:"weight"`
	Score     float64 `json:"score"`
}

func newExplained(r search.Request, response search.Response) explained {
	out := explained{Query: r.Query.String(), Plan: response.Plan, Total: response.Total, Hits: []explainedHit{}}
	for _, h := range response.Hits {
		out.Hits = append(out.Hits, explainedHit{
			ID:    h.Article.ID,
			Title: h.Article.DisplayTitle(),
			Score: h.Score,
			Parts: explainedParts(h.Explanation),
		})
	}
	return out
}

func explainedParts(x *search.Explanation) []explainedPart {
	parts := []explainedPart{}
	if x == nil {
		return parts
	}
	for _, p := range x.Parts {
		terms := make([]explainedTerm, len(p.Terms))
		for i, t := range p.Terms {
			terms[i] = explainedTerm(t)
		}
		parts = append(parts, explainedPart{p.Name, p.Score, terms})
	}
	return parts
}

func printExplained(w io.Writer, r search.Request, response search.Response) error {
	var b strings.Builder
	fmt.Fprintf(&b, "query: %s\nplan:\n", r.Query)
	for line := range strings.Lines(response.Plan) {
		fmt.Fprintf(&b, "  %s\n", strings.TrimRight(line, "\n"))
	}
	fmt.Fprintf(&b, "hits: %d\n", response.Total)
	for i, h := range newExplained(r, response).Hits {
		fmt.Fprintf(&b, "%d. %s %s\n   %.2f", i+1, terminal.Line(h.ID), terminal.Line(h.Title), h.Score)
		sign := " ="
		for _, p := range h.Parts {
			fmt.Fprintf(&b, "%s %s %.2f", sign, p.Name, p.Score)
			sign = " +"
		}
		b.WriteByte('\n')
		for _, p := range h.Parts {
			for _, t := range p.Terms {
				fmt.Fprintf(&b, "     %s %s (%s): score %.2f, frequency %d, weight %.2f\n",
					p.Name, t.Term, t.Channel, t.Score, t.Frequency, t.Weight)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
